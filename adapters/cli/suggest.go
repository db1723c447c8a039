package cli

import (
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"interlab/matching"
)

// planSuggest answers many questions at once.
type planSuggest struct {
	People  string `required:"" help:"Who there is: JSON lines, or CSV with names of columns." placeholder:"FILE"`
	Queries string `required:"" help:"What is asked: id and topic, or id, title and abstract." placeholder:"FILE"`
	Top     int    `default:"5" help:"So many people for each question."`
	All     bool   `help:"Every person for every question, however far."`
	JSON    bool   `help:"Print one JSON object a line."`
}

// query is a line of the file of queries.
type query struct {
	ID       string `json:"id"`
	Topic    string `json:"topic"`
	Title    string `json:"title"`
	Abstract string `json:"abstract"`
}

// suggested is a line of the answer.
type suggested struct {
	Query   string            `json:"query"`
	Person  string            `json:"person"`
	Score   int64             `json:"score"`
	Reasons []matching.Reason `json:"reasons"`
}

// shownReasons is how many reasons people see.
const shownReasons = 3

// tellingPart: a reason that adds less than a fiftieth of a score tells nothing.
const tellingPart = 50

// Run compares every question with everybody.
func (c planSuggest) Run(p *Program) error {
	if c.Top < 1 || c.Top > matching.MaxResults {
		return fmt.Errorf("--top is %d; it can be 1 to %d", c.Top, matching.MaxResults)
	}
	people, err := p.people(c.People)
	if err != nil {
		return err
	}
	queries, err := p.queries(c.Queries)
	if err != nil {
		return err
	}
	defer p.working("comparing texts")()
	var authors []matching.Author
	for _, one := range people {
		authors = append(authors, one.author())
	}
	writings := matching.NewWritings(authors, matching.DefaultAliases())
	answers := make([][]suggested, len(queries))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range queries {
		group.Go(func() error {
			answers[i] = c.answer(writings, q)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return c.print(p, people, queries, answers)
}

// queries reads the file of queries.
func (p *Program) queries(path string) ([]query, error) {
	records, err := p.records(path, "id", "topic", "title", "abstract")
	if err != nil {
		return nil, err
	}
	lines := map[string]int{}
	var list []query
	for _, r := range records {
		q := query{ID: r.columns["id"], Topic: r.columns["topic"], Title: r.columns["title"], Abstract: r.columns["abstract"]}
		if r.object != nil {
			if err := r.decode(&q); err != nil {
				return nil, err
			}
		}
		if q.ID == "" || strings.TrimSpace(q.Topic+q.Title+q.Abstract) == "" {
			return nil, r.errorf("a query needs an id, and a topic, a title or an abstract")
		}
		if line, twice := lines[q.ID]; twice {
			return nil, r.errorf("the id %q is also that of line %d", q.ID, line)
		}
		lines[q.ID] = r.line
		list = append(list, q)
	}
	return list, nil
}

func (c planSuggest) answer(w *matching.Writings, q query) []suggested {
	title := strings.TrimSpace(q.Topic + " " + q.Title)
	comparison := w.Compare(matching.Text{Title: title, Abstract: q.Abstract})
	var found []matching.Suggestion
	if c.All {
		for a := range w.Authors() {
			found = append(found, comparison.Suggestion(a))
		}
	} else {
		found = comparison.Best(c.Top)
	}
	var list []suggested
	for _, s := range found {
		reasons := []matching.Reason{}
		for _, r := range s.Top(shownReasons) {
			if r.Score > 0 && r.Score >= s.Score/tellingPart {
				reasons = append(reasons, r)
			}
		}
		list = append(list, suggested{q.ID, s.ID, s.Score, reasons})
	}
	return list
}

func (c planSuggest) print(p *Program, people []person, queries []query, answers [][]suggested) error {
	names := map[string]string{}
	for _, one := range people {
		names[one.ID] = one.Name
	}
	var rows [][]string
	for i, list := range answers {
		for _, s := range list {
			if c.JSON {
				if err := p.lines(s); err != nil {
					return err
				}
				continue
			}
			because := "-"
			if len(s.Reasons) > 0 {
				because = string(s.Reasons[0].Kind) + " " + s.Reasons[0].Phrase
			}
			rows = append(rows, []string{s.Query, s.Person, names[s.Person], millionths(s.Score), because})
		}
		if len(list) == 0 {
			_, _ = fmt.Fprintf(p.Stderr, "Nobody fits query %q; try other words or a broader topic.\n", queries[i].ID)
		}
	}
	if c.JSON || len(rows) == 0 {
		return nil
	}
	return p.table("query\tperson\tname\tscore\tbecause", rows)
}
