package bot_test

import (
	"fmt"
	"testing"

	"interlab/bot"
	"interlab/bot/exchange"
)

// A list of more than a page is read to its end and back, of one kind too, and
// each artefact stands on one page.
func TestAListOfArtefactsHasPages(t *testing.T) {
	t.Parallel()
	r, _ := settledNetwork(t, 1)
	e := keptAll[bot.Exchange](r, bot.KindExchange)[0]
	v := leftBy(&e, 0, r.now)
	v.Items, v.Kits = nil, nil
	for n := range 19 {
		what := exchange.Dataset
		if n == 18 {
			what = exchange.Tutorial
		}
		v.Items = append(v.Items, bot.Piece{N: n + 1, Rev: 1, Evidence: exchange.Evidence{
			Type: what, Title: fmt.Sprintf("Work %02d", n), Where: fmt.Sprintf("https://example.org/v1/%d", n), Licence: "CC-BY-4.0", Openness: exchange.ToAll,
			Declared: exchange.Mark{By: "ana", At: r.now.AddDate(0, 0, -n)},
		}})
	}
	r.keep(v)
	r.play(`p-curie@slack:curie> report artefacts
expect p-curie: 1 to 8 of 19, the newest first.
expect p-curie: Work 07
expect not p-curie: Work 08
p-curie> press "Older"
expect p-curie: 9 to 16 of 19
expect p-curie: Work 08
expect not p-curie: Work 07
p-curie> press "Older"
expect p-curie: 17 to 19 of 19
expect p-curie: Work 18
p-curie> press "Newer"
expect p-curie: 9 to 16 of 19
p-curie> choose "Dataset"
expect p-curie: 1 to 8 of 18
p-curie> press "Older"
expect p-curie: Open artefacts of the network: dataset
expect p-curie: 9 to 16 of 18
`)
}
