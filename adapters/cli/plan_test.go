package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"interlab/adapters/cli"
)

// files are what a command may read.
type files map[string]string

// run runs a command line on files.
func (f files) run(args string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	code = cli.Run(context.Background(), strings.Fields(args), cli.Program{
		Version: "test", Stdout: &stdout, Stderr: &stderr, Getenv: func(string) string { return "" },
		ReadFile: func(path string) ([]byte, error) {
			if text, ok := f[path]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		},
	})
	return stdout.String(), stderr.String(), code
}

// answer runs a command and reads its JSON lines.
func answer[T any](t *testing.T, f files, args string) (list []T) {
	t.Helper()
	out, errs, code := f.run(args)
	if code != 0 {
		t.Fatalf("%s = %d, %s", args, code, errs)
	}
	for line := range strings.Lines(out) {
		var one T
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%s: line %q: %v", args, line, err)
		}
		list = append(list, one)
	}
	return list
}

type suggestion struct {
	Query, Person string
	Score         int64
	Reasons       []struct{ Kind, Phrase, Asked string }
}

const people = `{"id":"ana","name":"Ana","lab":"A","shares":["sparse autoencoders"],"seeks":["protein folding"],"texts":[{"title":"Sparse autoencoders find features","abstract":"We train them on language models.","year":2024}]}

{"id":"ben","lab":"B","shares":["AlphaFold structure prediction"],"seeks":["interpretability"]}
{"id":"cho","lab":"C","about":"I study coral reefs and fish in warm water."}
{"id":"dee","lab":"B","shares":["ethnography"],"more":"unknown fields are let be"}
`

func TestPlanSuggestAnswersEveryQuery(t *testing.T) {
	t.Parallel()
	f := files{"p": people, "q": `{"id":"1","topic":"protein folding"}` + "\n" + `{"id":"2","title":"Reef fish","abstract":"We dive in warm water and count fish."}`}
	list := answer[suggestion](t, f, "plan suggest --people p --queries q --top 1 --json")
	if len(list) != 2 || list[0].Query != "1" || list[0].Person != "ben" || list[1].Query != "2" || list[1].Person != "cho" {
		t.Fatalf("suggest --top 1 = %+v, want ben and cho", list)
	}
	for _, s := range list {
		if s.Score <= 0 || len(s.Reasons) == 0 || len(s.Reasons) > 3 || s.Reasons[0].Phrase == "" {
			t.Errorf("suggestion %+v, want a score and one to three reasons", s)
		}
	}
	if all := answer[suggestion](t, f, "plan suggest --people p --queries q --all --json"); len(all) != 8 {
		t.Errorf("suggest --all gives %d lines, want every pair of 2 and 4", len(all))
	}
	out, _, code := f.run("plan suggest --people p --queries q")
	if code != 0 || !strings.HasPrefix(out, "QUERY") || !strings.Contains(out, "AlphaFold structure prediction") {
		t.Errorf("suggest as a table = %d\n%s", code, out)
	}
}

func TestPlanSuggestReadsCSV(t *testing.T) {
	t.Parallel()
	f := files{
		"p": "name,lab,shares,about\n\"Ana\",A,sparse autoencoders; graph theory,\"two\nlines\"\nBen,B,coral reefs,\n",
		"q": "id,topic\n1,coral\n",
	}
	if list := answer[suggestion](t, f, "plan suggest --people p --queries q --top 1 --json"); len(list) != 1 || list[0].Person != "Ben" {
		t.Errorf("suggest from CSV = %+v, want Ben", list)
	}
}

type plan struct {
	Pairs []struct {
		A, B         string
		Weight, Slot int64
	}
	Groups       []struct{ Members []string }
	Unmatched    []string
	Total, Bound int64
	Exact        bool
	Seed         uint64
	Prices       []struct{ People, Weight int64 }
}

func TestPlanRoundPairsEdges(t *testing.T) {
	t.Parallel()
	f := files{"e": "a,b,weight\nx,y,5\ny,z,17\nz,w,5\n", "h": "x,y\n", "pins": "y,z,pin\nx,w,forbid\n"}
	got := answer[plan](t, f, "plan round --edges e --seed 7 --json")[0]
	if len(got.Pairs) != 2 || got.Total != 10 || got.Bound != 10 || !got.Exact || got.Seed != 7 || got.Unmatched == nil {
		t.Errorf("round = %+v, want all four people in two pairs for 10", got)
	}
	got = answer[plan](t, f, "plan round --edges e --meetings 2 --json")[0]
	if len(got.Pairs) != 3 || got.Pairs[2].Slot != 2 || got.Total != 27 {
		t.Errorf("two meetings = %+v, want three pairs in two slots for 27", got)
	}
	got = answer[plan](t, f, "plan round --edges e --history h --min-gap 1 --json")[0]
	if len(got.Pairs) != 1 || got.Total != 5 && got.Total != 17 || len(got.Unmatched) != 2 {
		t.Errorf("round with a gap = %+v, want one pair that is not x and y", got)
	}
	got = answer[plan](t, f, "plan round --edges e --pins pins --json")[0]
	if len(got.Pairs) != 1 || got.Total != 17 || len(got.Prices) != 2 || got.Prices[0].People != 2 || got.Prices[1].Weight != 0 {
		t.Errorf("round with a pin = %+v, want it for a price of two people, and a forbid for nothing", got)
	}
	out, _, code := f.run("plan round --edges e --pins pins")
	if code != 0 || !strings.Contains(out, "No plan is better") || !strings.Contains(out, "x meets nobody") {
		t.Errorf("round as a table = %d\n%s", code, out)
	}
}

func TestPlanRoundRotatesWhoSitsOut(t *testing.T) {
	t.Parallel()
	f := files{"e": "x,y,9\ny,z,1\nx,z,1\n", "h": "a,b,round\n"}
	out := map[string]int{}
	for number := 1; number <= 6; number++ {
		args := "plan round --edges e --json"
		if number > 1 {
			args += " --history h"
		}
		got := answer[plan](t, f, args)[0]
		if len(got.Pairs) != 1 || len(got.Unmatched) != 1 {
			t.Fatalf("round %d = %+v, want one pair and one who sits out", number, got)
		}
		out[got.Unmatched[0]]++
		f["h"] += fmt.Sprintf("%s,%s,%d\n", got.Pairs[0].A, got.Pairs[0].B, number)
	}
	if out["x"] != 2 || out["y"] != 2 || out["z"] != 2 {
		t.Errorf("in six rounds of three people sat out %v, want each twice", out)
	}
}

func TestPlanRoundKeepsLabsApart(t *testing.T) {
	t.Parallel()
	f := files{"p": people}
	got := answer[plan](t, f, "plan round --people p --meetings 3 --json")[0]
	for _, pair := range got.Pairs {
		if pair.A == "ben" && pair.B == "dee" {
			t.Errorf("round pairs two of a lab: %+v", got.Pairs)
		}
	}
	if len(got.Pairs) != 5 {
		t.Errorf("three meetings of four people, two of a lab: %+v, want the five pairs there are", got.Pairs)
	}
	var crowd strings.Builder
	for i := range 12 {
		fmt.Fprintf(&crowd, `{"id":"p%d","lab":"lab%d","shares":["coral reefs"]}`+"\n", i, i%6)
	}
	f["crowd"] = crowd.String()
	groups := answer[plan](t, f, "plan round --people crowd --group 4 --json")[0]
	if len(groups.Groups) != 3 || len(groups.Unmatched) != 0 {
		t.Errorf("groups of four of twelve = %+v, want three", groups)
	}
	if out, _, code := f.run("plan round --people crowd --group 4"); code != 0 || !strings.HasPrefix(out, "GROUP") {
		t.Errorf("groups as a table = %d\n%s", code, out)
	}
}

type placements struct {
	Placements []struct{ Applicant, Place string }
	Unmatched  []string
	Open       []struct {
		Place string
		Left  int
	}
	Seed uint64
}

func TestPlanResidencies(t *testing.T) {
	t.Parallel()
	f := files{
		"a": `{"id":"a1","lab":"L","choices":["p","q"]}` + "\n" + `{"id":"a2","lab":"M","choices":["p"],"seeks":["coral reefs"]}` + "\n" + `{"id":"a3","choices":["r"]}`,
		"l": `{"id":"p","lab":"X","capacity":1,"ranks":[["a2"],["a1","a3"]]}` + "\n" + `{"id":"q","lab":"Y","capacity":2}` + "\n" +
			`{"id":"r","lab":"Z","capacity":1,"shares":["reef fish"]}`,
	}
	got := answer[placements](t, f, "plan residencies --applicants a --places l --seed 3 --json")[0]
	want := []struct{ Applicant, Place string }{{"a1", "q"}, {"a2", "p"}, {"a3", "r"}}
	if !slices.Equal(got.Placements, want) || len(got.Open) != 1 || got.Open[0].Left != 1 || got.Unmatched == nil || got.Seed != 3 {
		t.Errorf("residencies = %+v, want %v and room for one at q", got, want)
	}
	f["a"] = strings.Replace(f["a"], `"a3","choices":["r"]`, `"a3","seeks":["reef fish"],"choices":["r"]`, 1)
	f["a"] = strings.Replace(f["a"], `"a2","lab":"M","choices":["p"]`, `"a2","lab":"M","choices":["r"]`, 1)
	if got := answer[placements](t, f, "plan residencies --applicants a --places l --json")[0]; got.Placements[1].Applicant != "a3" {
		t.Errorf("residencies by topic = %+v, want a3, who fits best, at r", got)
	}
	out, _, code := f.run("plan residencies --applicants a --places l")
	if code != 0 || !strings.HasPrefix(out, "APPLICANT") || !strings.Contains(out, "q has room for 1 more") && !strings.Contains(out, "has room for") {
		t.Errorf("residencies as a table = %d\n%s", code, out)
	}
}

func TestPlanTellsWhereAFileIsWrong(t *testing.T) {
	t.Parallel()
	broken := strings.Repeat("x%d,y%d,1\n", 1)
	var long strings.Builder
	for i := range 70_000 {
		fmt.Fprintf(&long, strings.TrimSpace(broken)+"\n", i, i)
	}
	lines := strings.Repeat(`{"id":"a"}`+"\n", 3)
	var crowd strings.Builder
	for i := range 69_999 {
		fmt.Fprintf(&crowd, `{"id":"p%d"}`+"\n", i)
	}
	const ok = `{"id":"a1","choices":["p"]}`
	for args, c := range map[string]struct {
		f    files
		want string
	}{
		"plan round --edges e":                         {files{"e": long.String() + "x,y,NaN\n"}, "e:70001: "},
		"plan round --edges e --json":                  {files{"e": "a,b,weight\nx,y,-1\n"}, "e:2: the weight -1 is negative"},
		"plan round --edges e --seed 2":                {files{"e": "x,y,99999999999999999999\n"}, "e:1: "},
		"plan round --edges e --seed 3":                {files{"e": "x,y,9000000000000000000\n"}, "not between"},
		"plan round --edges e --seed 4":                {files{"e": "x,y,1\ny,x,2\n"}, "e:2: "},
		"plan round --edges e --seed 5":                {files{"e": "x,x,1\n"}, "e:1: "},
		"plan round --edges e --seed 6":                {files{"e": "x,y,1,2\n"}, "e:1: 4 columns"},
		"plan round --edges e --seed 7":                {files{"e": ""}, "e: the file is empty"},
		"plan round --edges e --seed 8":                {files{"e": "x,\"y,1\n"}, "e:"},
		"plan round --edges e --seed 9":                {files{"e": "x,\xff,1\n"}, "e:1: this is not UTF-8"},
		"plan round --edges none":                      {files{}, "read none"},
		"plan round --edges e --pins n":                {files{"e": "x,y,1\n", "n": "x,z\n"}, `n:1: "z" takes no part`},
		"plan round --edges e --pins m":                {files{"e": "x,y,1\n", "m": "x,y,must\n"}, "m:1: "},
		"plan round --edges e --pins f":                {files{"e": "x,y,1\n", "f": "x,y,forbid\n"}, "nobody can meet"},
		"plan round --edges e --history h":             {files{"e": "x,y,1\n", "h": "a,b,round\nx,y,last\n"}, "h:2: "},
		"plan round --edges e --group 9":               {files{"e": "x,y,1\n"}, "groups have 3 to 6"},
		"plan round --edges e --meetings 0":            {files{"e": "x,y,1\n"}, "--meetings is 0"},
		"plan round --people p":                        {files{"p": `{"id":"a","lab":"A"}`}, "one person cannot meet"},
		"plan round --people p --seed 2":               {files{"p": `{"id":"a","lab":"A"}` + "\n" + `{"id":"b","lab":"A"}`}, "same lab"},
		"plan round --people p --seed 3":               {files{"p": `{"id":"a"}` + "\n\n" + `{"id":"a"}`}, "p:3: "},
		"plan round --people p --seed 4":               {files{"p": `{"id":"a"}` + "\n" + `{"id":`}, "p:2: "},
		"plan round --people p --seed 5":               {files{"p": `{"lab":"a"}`}, "p:1: this person has no id"},
		"plan round --people p --seed 6":               {files{"p": crowd.String() + `{"id":"p70000", "lab":`}, "p:70000: "},
		"plan round --people p --seed 7":               {files{"p": ""}, "p: the file is empty"},
		"plan round --people p --seed 8":               {files{"p": "id,lab\n"}, "p: the file is empty"},
		"plan round --people p --seed 9":               {files{"p": lines}, `p:2: the id "a" is also that of line 1`},
		"plan round --people p --seed 10":              {files{"p": `{"id":"a","slots":[0]}` + "\n" + `{"id":"b"}`}, `p:1: the slot 0 of "a"`},
		"plan round --people p --seed 11":              {files{"p": `{"id":"a","slots":[33]}` + "\n" + `{"id":"b"}`}, `p:1: the slot 33`},
		"plan round --people p --seed 12":              {files{"p": "id,slots\na,soon\nb,1\n"}, `p:2: the slot "soon"`},
		"plan round --people p --seed 13":              {files{"p": `{"id":"a","slots":[2]}` + "\n" + `{"id":"b","slots":[1]}`}, "nobody can meet"},
		"plan round --people p --group 4":              {files{"p": `{"id":"a"}` + "\n" + `{"id":"b"}`}, "too few for a group of 4"},
		"plan round --people p --pins all":             {files{"p": `{"id":"a"}` + "\n" + `{"id":"b"}`, "all": "a,b,rule\na,b,forbid\n"}, "nobody can meet"},
		"plan round --edges e --seed 10":               {files{"e": "a,b,weight\nx,y,-9223372036854775809\n"}, "e:2: "},
		"plan round --edges e --seed 11":               {files{"e": "a,b,weight\nx,y,+Inf\n"}, "e:2: "},
		"plan round --edges e --seed 12":               {files{"e": "a,b,weight\nx,y,1.5\n"}, "e:2: "},
		"plan round --edges e --seed 13":               {files{"e": "a,b,weight\nx,,1\n"}, "e:2: a pair needs two names"},
		"plan round --edges e --steps=-1":              {files{"e": "x,y,1\n"}, "must not be negative"},
		"plan round --edges e --min-gap 1 --history h": {files{"e": "x,y,1\n", "h": "x,y\n"}, "nobody can meet"},
		"plan suggest --people none --queries q":       {files{"q": "1,a\n"}, "read none"},
		"plan suggest --people e --queries q":          {files{"e": "", "q": "1,a\n"}, "e: the file is empty"},
		"plan suggest --people p --queries e":          {files{"p": people, "e": "\n"}, "e: the file is empty"},
		"plan suggest --people p --queries q":          {files{"p": people, "q": `{"id":"1"}`}, "q:1: "},
		"plan suggest --people p --queries d":          {files{"p": people, "d": "id,topic\n1,a\n1,b\n"}, "d:3: "},
		"plan suggest --people p --queries q --top 0":  {files{"p": people, "q": "1,a\n"}, "--top is 0"},
		"plan residencies --applicants a --places l":   {files{"a": ok, "l": `{"id":"p","capacity":0}`}, "l:1: place \"p\" has a capacity of 0"},
		"plan residencies --applicants a --places m":   {files{"a": ok, "m": `{"id":"p","capacity":1,"ranks":[["zoe"]]}`}, `m:1: place "p" ranks "zoe"`},
		"plan residencies --applicants a --places n":   {files{"a": ok, "n": `{"id":"p","capacity":1,"ranks":[[]]}`}, "name nobody"},
		"plan residencies --applicants a --places o":   {files{"a": ok, "o": `{"id":"q","capacity":1}`}, `a:1: applicant "a1" chooses "p"`},
		"plan residencies --applicants a --places r":   {files{"a": ok, "r": `{"id":"p"}`}, "r:1: place \"p\" has no capacity"},
		"plan residencies --applicants a --places s":   {files{"a": ok, "s": `{"id":"p","capacity":1.5}`}, "s:1: "},
		"plan residencies --applicants a --places t":   {files{"a": ok, "t": `{"id":"p","capacity":1}` + "\n" + `{"id":"p","capacity":1}`}, `t:2: the place "p" is there twice`},
		"plan residencies --applicants a --places u":   {files{"a": ok, "u": `{"id":"p","capacity":-1}`}, "u:1: "},
		"plan residencies --applicants a --places v":   {files{"a": ok, "v": `{"id":"p","capacity":1,"ranks":[["a1"],["a1"]]}`}, `v:1: place "p" ranks "a1" twice`},
		"plan residencies --applicants a --places w":   {files{"a": ok, "w": ""}, "w: the file is empty"},
		"plan residencies --applicants x --places p":   {files{"x": "", "p": `{"id":"p","capacity":1}`}, "x: the file is empty"},
		"plan residencies --applicants y --places p":   {files{"y": `{"id":"a1","choices":["p","p"]}`, "p": `{"id":"p","capacity":1}`}, `y:1: applicant "a1" chooses "p"`},
		"plan residencies --applicants z --places p":   {files{"z": "id,choices\n,p\n", "p": "id,capacity\np,one\n"}, "z:2: this applicant has no id"},
		"plan residencies --applicants two --places p": {files{"two": ok + "\n" + ok, "p": `{"id":"p","capacity":1}`}, "two:2: "},
	} {
		out, errs, code := c.f.run(args)
		if code == 0 || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("%s = %d, %q, %q, want an error with %q", args, code, out, errs, c.want)
		}
	}
}

func TestPlanRoundKeepsToTheSlotsOfEachPerson(t *testing.T) {
	t.Parallel()
	f := files{
		"p": `{"id":"a","slots":[1,3]}` + "\n" + `{"id":"b","slots":[2,3]}` + "\n" + `{"id":"c"}`,
		"c": "id,slots\na,1; 3\nb,2;3\nc,\n",
	}
	for _, file := range []string{"p", "c"} {
		got := answer[plan](t, f, "plan round --meetings 3 --json --people "+file)[0]
		met := map[string]int64{}
		for _, pair := range got.Pairs {
			met[pair.A+pair.B] = pair.Slot
		}
		if len(met) != 3 || met["ac"] != 1 || met["bc"] != 2 || met["ab"] != 3 || !got.Exact {
			t.Errorf("%s: pairs by slot = %v, want ac in 1, bc in 2 and ab in 3", file, met)
		}
	}
}

// The answer of plan round is what other programs read: its names do not change.
func TestPlanAnswersHaveTheNamesThatAreDocumented(t *testing.T) {
	t.Parallel()
	f := files{
		"e": "x,y,5\n", "p": people, "q": "id,topic\n1,coral\n",
		"a": `{"id":"a1","choices":["l"]}`, "l": `{"id":"l","capacity":2}`,
	}
	for args, names := range map[string][]string{
		"plan round --edges e --json":                       {"pairs", "unmatched", "total", "bound", "exact", "seed"},
		"plan suggest --people p --queries q --json":        {"query", "person", "score", "reasons"},
		"plan residencies --applicants a --places l --json": {"placements", "unmatched", "open", "seed"},
	} {
		for _, one := range answer[map[string]any](t, f, args) {
			for _, name := range names {
				if value, ok := one[name]; !ok || value == nil {
					t.Errorf("%s: %q is %v, want it there and not null", args, name, value)
				}
			}
		}
	}
	out, _, _ := f.run("plan round --edges e --json")
	if !strings.HasPrefix(out, `{"pairs":[{"a":"x","b":"y","weight":5,"slot":1}],"unmatched":[],"total":5,"bound":5,"exact":true,"seed":1`) {
		t.Errorf("plan round --json = %s", out)
	}
	out, _, _ = f.run("plan residencies --applicants a --places l --json")
	if out != `{"placements":[{"applicant":"a1","place":"l"}],"unmatched":[],"open":[{"place":"l","left":1}],"seed":1}`+"\n" {
		t.Errorf("plan residencies --json = %s", out)
	}
}

func TestPlanRoundReplaysFromWhatItRecords(t *testing.T) {
	t.Parallel()
	var edges strings.Builder
	for i := range 30 {
		for j := range i {
			fmt.Fprintf(&edges, "p%d,p%d,%d\n", i, j, (i*j)%7)
		}
	}
	f := files{"e": edges.String()}
	for _, args := range []string{"--seed 3", "--seed 4", "--seed 3 --steps 50", "--seed 3 --meetings 3", "--seed 3 --fair", "--seed 3 --group 4"} {
		first, _, code := f.run("plan round --edges e --json " + args)
		again, _, _ := f.run("plan round --edges e --json " + args)
		if code != 0 || first != again || !strings.Contains(first, `"path":`) || !strings.Contains(first, `"steps":`) || !strings.Contains(first, `"input":"`) {
			t.Errorf("%s: the second time\n%s, the first\n%s", args, again, first)
		}
	}
	three, _, _ := f.run("plan round --edges e --json --seed 3")
	four, _, _ := f.run("plan round --edges e --json --seed 4")
	if three == four {
		t.Error("another seed gives the same bytes, want at least another seed recorded")
	}
}

func TestPlanRoundStopsAtALimit(t *testing.T) {
	t.Parallel()
	var edges strings.Builder
	for i := range 60 {
		for j := range i {
			fmt.Fprintf(&edges, "p%d,p%d,%d\n", i, j, i*j*7919%101)
		}
	}
	f := files{"e": edges.String()}
	got := answer[plan](t, f, "plan round --edges e --steps 1 --json")[0]
	best := answer[plan](t, f, "plan round --edges e --json")[0]
	if got.Exact || !best.Exact || got.Total > best.Total || got.Bound < best.Total || len(got.Pairs) != 30 {
		t.Errorf("within a step: %d of at most %d, exact %t; the best is %d", got.Total, got.Bound, got.Exact, best.Total)
	}
}
