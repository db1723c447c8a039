package bot

import (
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// whatIsNew says how terms differ from earlier ones, so that nobody has to
// compare two cards.
func (c cast) whatIsNew(was, now exchange.Terms) chat.Text {
	var news []string
	add := func(differs bool, what string) {
		if differs {
			news = append(news, what)
		}
	}
	add(was.Kind != now.Kind, "the kind")
	add(was.Visitor.Person != now.Visitor.Person, "who visits")
	add(was.From != now.From || was.To != now.To, "the days")
	for _, p := range now.Goals {
		old, known := pledge(was, p.N)
		goal := "“" + clip(p.Text, maxNewsText) + "”"
		switch {
		case !known:
			news = append(news, "a new goal, "+goal)
		case old.Text != p.Text:
			news = append(news, "the words of "+goal)
		case old.Due != p.Due:
			news = append(news, "the day of "+goal)
		}
	}
	for _, p := range was.Goals {
		if _, kept := pledge(now, p.N); !kept {
			news = append(news, "without “"+clip(p.Text, maxNewsText)+"”")
		}
	}
	if len(news) == 0 {
		return chat.T("Nothing in them differs from before.")
	}
	return chat.T(chat.Strong("What is new: "), sentenceList(news), ".")
}

// maxNewsText is how much of a goal stands among the news, in runes.
const maxNewsText = 60

// pledge is the goal of a number in terms.
func pledge(t exchange.Terms, n int) (exchange.Pledge, bool) {
	i := slices.IndexFunc(t.Goals, func(p exchange.Pledge) bool { return p.N == n })
	if i < 0 {
		return exchange.Pledge{}, false
	}
	return t.Goals[i], true
}
