package bot

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// standings are the rows of the table in CONTRIBUTING.md, in its order.
var standings = []struct {
	is   standing
	name string
}{
	{anybody, "everybody"},
	{concerned, "concerned"},
	{belongs, "in its lab"},
	{leading, "leads its lab"},
	{organises, "organiser"},
	{operates, "operator"},
}

// rightsPage is the rights as people read them: a line for each standing.
func rightsPage() string {
	page := "| who | may |\n| --- | --- |\n"
	for _, s := range standings {
		verbs := map[Verb][]string{}
		var order []Verb
		for _, r := range allowed {
			if !slices.Contains(r.to, s.is) {
				continue
			}
			if verbs[r.verb] == nil {
				order = append(order, r.verb)
			}
			verbs[r.verb] = append(verbs[r.verb], string(r.kind))
		}
		var parts []string
		for _, v := range order {
			parts = append(parts, string(v)+" "+strings.Join(verbs[v], ", "))
		}
		page += "| " + s.name + " | " + strings.Join(parts, "; ") + " |\n"
	}
	return page
}

func TestThePageOfRightsIsTrue(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := rightsPage(); !strings.Contains(string(page), want) {
		t.Errorf("CONTRIBUTING.md lacks the rights as they are:\n%s", want)
	}
}
