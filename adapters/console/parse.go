package console

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Parse reads a whole script and reports every line that is wrong, each with
// name and line number. One statement stands on a line; blank lines and lines
// that begin with # say nothing.
func Parse(name string, r io.Reader) (*Script, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read script %s: %w", name, err)
	}
	script, p := &Script{Name: name}, &parser{}
	var wrong []error
	for i, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		where := fmt.Sprintf("%s:%d", name, i+1)
		step, err := p.line(where, line)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", where, err))
		}
		if step != nil {
			script.Steps = append(script.Steps, *step)
		}
	}
	if p.open != nil {
		wrong = append(wrong, fmt.Errorf("%s: together has no end", p.open.Where))
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return script, nil
}

// parser reads one line after the other. It knows who was named before, and
// the block that is open.
type parser struct {
	people []Person
	open   *Step // a Together without its end
	block  []Step
}

// line reads one line. It returns nil where no statement ends with it: for
// blank lines, comments, and within a block.
func (p *parser) line(where, text string) (*Step, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("this line is not UTF-8")
	}
	text, only, err := cutMark(strings.TrimSpace(text))
	if err != nil || text == "" && only == nil || strings.HasPrefix(text, "#") {
		return nil, err
	}
	switch text {
	case "together":
		return nil, p.begin(Step{Where: where, Only: only})
	case "end":
		return p.end(only)
	}
	do, err := p.statement(text)
	if err != nil {
		return nil, err
	}
	step := Step{Where: where, Only: only, Do: do}
	if p.open == nil {
		return &step, nil
	}
	return nil, p.add(step)
}

func (p *parser) begin(step Step) error {
	if p.open != nil {
		return errors.New("together stands inside another together; end that one first")
	}
	p.open = &step
	return nil
}

func (p *parser) add(step Step) error {
	switch step.Do.(type) {
	case Act, Again:
		p.block = append(p.block, step)
		return nil
	}
	return fmt.Errorf("together holds what people do, and %q is none; write end first", firstWord(step.Do.String()))
}

func (p *parser) end(only []string) (*Step, error) {
	step, block := p.open, p.block
	p.open, p.block = nil, nil
	switch {
	case step == nil:
		return nil, errors.New("end stands without together")
	case only != nil:
		return nil, errors.New("the mark [only: ...] belongs behind together, not behind end")
	case len(block) == 0:
		return nil, errors.New("nothing stands between together and end")
	}
	step.Do = Together{Steps: block}
	return step, nil
}

const understood = `a line is WHO> text, WHO> press ..., WHO> choose ..., WHO> fill ..., WHO> again, WHO> add bot, again, ` +
	`together ... end, clock ..., store stops, store returns, zones ... like ... or expect ...; WHO is a name such as ana@slack:curie, later ana`

func (p *parser) statement(text string) (Statement, error) {
	if parts := speakerPattern.FindStringSubmatch(text); parts != nil {
		return p.act(parts[1:4], parts[4], strings.TrimSpace(parts[5]))
	}
	rest := strings.TrimSpace(strings.TrimPrefix(text, firstWord(text)))
	switch firstWord(text) {
	case "again":
		if rest == "" {
			return Again{}, nil
		}
	case "clock":
		return parseClock(rest)
	case "store":
		return parseStore(rest)
	case "zones":
		return parseZones(rest)
	case "expect":
		return p.expect(rest)
	}
	return nil, fmt.Errorf("%.40q is not understood; %s", text, understood)
}

func firstWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[0]
	}
	return ""
}

// The grammar of names: a person, perhaps in full, and who speaks where.
const (
	wordPattern = `([A-Za-z0-9._-]+)`
	whoPattern  = wordPattern + `(?:@([a-z][a-z0-9]*):` + wordPattern + `)?`
)

var (
	speakerPattern = regexp.MustCompile(`^` + whoPattern + `(?:\s+#` + wordPattern + `)?>(.*)$`)
	markPattern    = regexp.MustCompile(`^\[only:\s*([a-z][a-z0-9]*(?:\s*,\s*[a-z][a-z0-9]*)*)\s*\]$`)
	comma          = regexp.MustCompile(`\s*,\s*`)
)

// cutMark splits "[only: a, b]" off the end of a line.
func cutMark(line string) (rest string, only []string, err error) {
	at := strings.LastIndex(line, "[only")
	if at < 0 || !strings.HasSuffix(line, "]") {
		return line, nil, nil
	}
	parts := markPattern.FindStringSubmatch(line[at:])
	if parts == nil {
		return "", nil, fmt.Errorf("%.40q is no mark; write it as [only: console] or [only: slack, discord]", line[at:])
	}
	only = comma.Split(parts[1], -1)
	slices.Sort(only)
	return strings.TrimSpace(line[:at]), slices.Compact(only), nil
}
