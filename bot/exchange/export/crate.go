package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"interlab/bot/exchange"
)

// entity is one node of a crate's graph.
type entity map[string]any

// ref names an entity.
func ref(id string) entity { return entity{"@id": id} }

// ErrNoCrate means that an exchange was never agreed on: there is nothing of it
// that a crate could describe.
var ErrNoCrate = errors.New("the exchange was never agreed on")

// Crate is a detached RO-Crate 1.2 of one exchange: its people, labs and goals,
// and what it left behind. Goals are actions, with what shows them as results.
func (b Book) Crate(r exchange.Record) (File, error) {
	e := r.Exchange
	if e.Agreed.IsZero() {
		return File{}, ErrNoCrate
	}
	c := &crate{book: b, record: r, seen: map[string]bool{}}
	c.root = "arcp://name," + b.Network + "/exchange/" + r.ID + "/"
	c.add(entity{
		"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
		"conformsTo": ref("https://w3id.org/ro/crate/1.2"), "about": ref(c.root),
	})
	root := c.dataset()
	c.parties()
	works := c.works()
	root["mentions"] = append(c.goals(works), works.beside...)
	root["hasPart"] = works.parts
	c.add(entity{
		"@id": "#terms-of-use", "@type": "CreativeWork", "name": "For the people and labs of this exchange",
		"description": "This description may be used and passed on by the people and the labs named in it. Each work in it has a licence of its own.",
	})
	data, err := json.MarshalIndent(map[string]any{"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": c.graph}, "", "  ")
	if err != nil {
		return File{}, fmt.Errorf("write the crate of exchange %s: %w", r.ID, err)
	}
	return File{r.ID + "-ro-crate-metadata.json", append(data, '\n')}, nil
}

// crate is one in the making.
type crate struct {
	book   Book
	record exchange.Record
	root   string
	graph  []entity
	seen   map[string]bool
}

// add puts an entity into the graph, once.
func (c *crate) add(e entity) entity {
	id, _ := e["@id"].(string)
	if !c.seen[id] {
		c.seen[id] = true
		c.graph = append(c.graph, e)
	}
	return e
}

// dataset is the root.
func (c *crate) dataset() entity {
	t := c.record.Exchange.Terms
	labs := c.lab(t.Visitor.Lab) + " and " + c.lab(t.Host.Lab)
	kind := strings.ToUpper(t.Kind.Label()[:1]) + t.Kind.Label()[1:]
	root := entity{
		"@id": c.root, "@type": "Dataset",
		"name": fmt.Sprintf("%s of %s at %s, from %s", kind, c.lab(t.Visitor.Lab), c.lab(t.Host.Lab), day(t.From)),
		"description": fmt.Sprintf("What %s agreed to pass on to each other, what became of it, and what it left behind. Planned from %s to %s.",
			labs, day(t.From), day(t.To)),
		"datePublished":    c.published(),
		"license":          ref("#terms-of-use"),
		"temporalCoverage": day(t.From) + "/" + day(t.To),
		"author":           []entity{ref(c.person(t.Visitor)), ref(c.person(t.Host))},
		"sourceOrganization": []entity{
			ref("#lab-" + t.Visitor.Lab), ref("#lab-" + t.Host.Lab),
		},
	}
	if c.record.Continues != "" {
		root["isBasedOn"] = "arcp://name," + c.book.Network + "/exchange/" + c.record.Continues + "/"
	}
	return c.add(root)
}

// published is the day of the last thing that the crate tells of the exchange as
// a whole: its completion, or else its agreement.
func (c *crate) published() string {
	at := c.record.Exchange.Agreed
	if done := c.record.Exchange.Completed; !done.IsZero() {
		at = done
	}
	return at.UTC().Format(time.DateOnly)
}

func (c *crate) lab(id string) string {
	if name := c.book.Labs[id]; name != "" {
		return name
	}
	return "another lab"
}

func (c *crate) person(p exchange.Party) string { return "#person-" + p.Person }

// parties adds the labs and the people.
func (c *crate) parties() {
	t := c.record.Exchange.Terms
	for _, p := range []exchange.Party{t.Visitor, t.Host} {
		c.add(entity{"@id": "#lab-" + p.Lab, "@type": "Organization", "name": c.lab(p.Lab)})
		c.add(entity{"@id": c.person(p), "@type": "Person", "name": c.name(p.Person, p.Lab), "affiliation": ref("#lab-" + p.Lab)})
	}
}

// name is how a person is called; somebody of a lab, where they may not be named.
func (c *crate) name(person, lab string) string {
	if name := c.book.People[person]; name != "" {
		return name
	}
	if lab == "" {
		return "Somebody who is not named"
	}
	return "Somebody of " + c.lab(lab)
}

// goals adds the goals as actions, and returns references to them.
func (c *crate) goals(w works) []entity {
	refs := []entity{}
	for _, g := range c.record.Exchange.Goals {
		id := fmt.Sprintf("#goal-%d", g.N)
		action := entity{
			"@id": id, "@type": "Action", "name": fmt.Sprintf("%s passes on to %s, goal %d", c.lab(g.Giver), c.lab(g.Receiver), g.N),
			"agent": ref("#lab-" + g.Giver), "participant": ref("#lab-" + g.Receiver), "actionStatus": ref("http://schema.org/" + status(g.State, c.record.Exchange.State)),
		}
		if c.book.Texts[c.record.ID] {
			action["description"] = g.Text
		}
		if g.Claimed != nil {
			action["endTime"] = moment(g.Claimed.At)
		}
		if results := w.byGoal[g.N]; len(results) > 0 {
			action["result"] = results
		}
		c.add(action)
		refs = append(refs, ref(id))
		c.add(entity{"@id": "http://schema.org/" + status(g.State, c.record.Exchange.State), "@type": "ActionStatusType", "name": status(g.State, c.record.Exchange.State)})
	}
	return refs
}

// status is a goal's state as schema.org has it.
func status(g exchange.GoalState, e exchange.State) string {
	switch {
	case g == exchange.GoalVerified:
		return "CompletedActionStatus"
	case g == exchange.GoalMissed, g == exchange.GoalDropped:
		return "FailedActionStatus"
	case g == exchange.GoalCarried, !e.Working():
		return "PotentialActionStatus"
	}
	return "ActiveActionStatus"
}

// works are references to what an exchange left behind: what can be had on the
// web are parts of the crate, and the rest is mentioned.
type works struct {
	parts, beside []entity
	byGoal        map[int][]entity
}

// works adds them.
func (c *crate) works() works {
	w := works{parts: []entity{}, byGoal: map[int][]entity{}}
	all := slices.Clone(c.record.Evidence)
	for _, pack := range c.record.Packs {
		for _, a := range append(slices.Clone(pack.Profile.Required()), pack.Profile.Wanted()...) {
			if s := pack.Slots[a]; s.Evidence != nil {
				all = append(all, *s.Evidence)
			}
		}
	}
	for i, v := range all {
		link := linkOf(v.Where)
		public := link != "" && (v.Openness == exchange.ToAll || v.Openness == exchange.Gated)
		if !public && !c.book.Texts[c.record.ID] {
			continue
		}
		id := link
		if !public {
			id = fmt.Sprintf("#work-%d", i+1)
		}
		fresh := !c.seen[id]
		c.work(id, v)
		if fresh && public && id == link {
			w.parts = append(w.parts, ref(id))
		} else if fresh {
			w.beside = append(w.beside, ref(id))
		}
		for _, n := range v.Goals {
			if !slices.ContainsFunc(w.byGoal[n], func(e entity) bool { return e["@id"] == id }) {
				w.byGoal[n] = append(w.byGoal[n], ref(id))
			}
		}
	}
	return w
}

// work adds one of them, with its licence and those who have part in it.
func (c *crate) work(id string, v exchange.Evidence) {
	e := entity{"@id": id, "@type": workType(v.Type, id), "name": v.Title, "additionalType": string(v.Type), "conditionsOfAccess": string(v.Openness)}
	if v.Version != "" {
		e["version"] = v.Version
	}
	if !v.Published.IsZero() {
		e["datePublished"] = day(v.Published)
	}
	if v.Licence != "" {
		licence := "https://spdx.org/licenses/" + v.Licence
		e["license"] = ref(licence)
		c.add(entity{"@id": licence, "@type": "CreativeWork", "name": v.Licence, "description": "A licence of the SPDX licence list."})
	}
	var by []entity
	for _, person := range slices.Sorted(maps.Keys(v.Credit)) {
		by = append(by, ref("#person-"+person))
		c.add(entity{"@id": "#person-" + person, "@type": "Person", "name": c.name(person, "")})
	}
	if len(by) > 0 {
		e["author"] = by
	}
	c.add(e)
}

// workType is the type of schema.org. What is on the web and stands for itself
// is a File too, as data entities are.
func workType(a exchange.Artefact, id string) any {
	kind := map[exchange.Artefact]string{
		exchange.Preprint: "ScholarlyArticle", exchange.Paper: "ScholarlyArticle", exchange.TechnicalReport: "Report", exchange.NegativeResult: "Report",
		exchange.TrainingCode: "SoftwareSourceCode", exchange.InferenceCode: "SoftwareSourceCode", exchange.PreparationCode: "SoftwareSourceCode",
		exchange.Architecture: "SoftwareSourceCode", exchange.EvalHarness: "SoftwareSourceCode", exchange.ReproScript: "SoftwareSourceCode",
		exchange.BenchmarkData: "Dataset", exchange.Dataset: "Dataset", exchange.Weights: "Dataset", exchange.Checkpoints: "Dataset", exchange.TrainingLogs: "Dataset",
		exchange.Tutorial: "LearningResource", exchange.Seminar: "VideoObject",
	}[a]
	switch {
	case kind == "":
		kind = "CreativeWork"
	case kind == "Dataset":
		return kind
	}
	if strings.HasPrefix(id, "#") {
		return kind
	}
	return []string{"File", kind}
}
