package console

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"interlab/bot/chat"
)

// act reads what stands behind "WHO #channel>".
func (p *parser) act(who []string, channel, text string) (Statement, error) {
	person, err := p.person(who)
	if err != nil {
		return nil, err
	}
	if text == "again" && channel == "" {
		return Again{Who: person}, nil
	}
	if what, in, ok := happening(text); ok {
		if in != "" && channel != "" {
			return nil, errors.New("the channel is named twice")
		}
		return happen(person, channel+in, what)
	}
	deed, err := p.deed(text)
	if err != nil {
		return nil, err
	}
	if _, text := deed.(Say); channel != "" && !text {
		return nil, errors.New("behind a channel stands a text; what else people do needs no channel")
	}
	return Act{Who: person, Channel: channel, Deed: deed}, nil
}

var happens = regexp.MustCompile(`^(add bot|remove bot|channel gone)(?:\s+#` + wordPattern + `)?$`)

func happening(text string) (what chat.What, channel string, ok bool) {
	parts := happens.FindStringSubmatch(text)
	if parts == nil {
		return "", "", false
	}
	for what, words := range happenings {
		if words == parts[1] {
			return what, parts[2], true
		}
	}
	return "", "", false
}

func happen(who Person, channel string, what chat.What) (Statement, error) {
	if what == chat.ChannelGone && channel == "" {
		return nil, errors.New("channel gone names the channel: channel gone #general")
	}
	return Act{Who: who, Channel: channel, Deed: Happen{What: what}}, nil
}

// readsAsText reports whether a text behind "WHO> " is what the person says.
func readsAsText(text string) bool {
	_, only, err := cutMark(text)
	_, _, happens := happening(text)
	return text != "" && text == strings.TrimSpace(text) && !strings.Contains(text, "\n") &&
		only == nil && err == nil && !happens && !slices.Contains(deedWords, firstWord(text))
}

// deedWords are the words that begin something else than a text.
var deedWords = []string{"press", "choose", "fill", "again", "say"}

func (p *parser) deed(text string) (Deed, error) {
	rest := strings.TrimSpace(strings.TrimPrefix(text, firstWord(text)))
	switch firstWord(text) {
	case "":
		return Arrive{}, nil
	case "press":
		pick, err := p.pick("press", rest)
		return Press{pick}, err
	case "choose":
		pick, err := p.pick("choose", rest)
		return Choose{pick}, err
	case "fill":
		return parseFill(rest)
	case "say":
		return parseSay(rest)
	case "again":
		return nil, errors.New("again stands alone behind a name: ana> again")
	}
	return Say{Text: text}, nil
}

func parseSay(text string) (Deed, error) {
	value, rest, err := unquote(text)
	if err == nil && strings.TrimSpace(rest) != "" {
		err = fmt.Errorf("%.40q stands behind the quotes", strings.TrimSpace(rest))
	}
	if err != nil {
		return nil, fmt.Errorf(`say wants one text in double quotes: say "press on": %w`, err)
	}
	return Say{Text: value}, nil
}

var (
	numberPattern = regexp.MustCompile(`^([1-9][0-9]{0,5})(.*)$`)
	onPattern     = regexp.MustCompile(`^(?:\s+on\s+([1-9][0-9]{0,5}))?(?:\s+of\s+(\S+))?(\s+there)?(?:\s+with\s+id\s+(?:of\s+([1-9][0-9]{0,5})|"([\x21\x23-\x5b\x5d-\x7e]+)"))?$`)
)

// pick reads a number or a quoted label, then "on 4", "of bo", "there" and a
// forged id where given.
func (p *parser) pick(verb, text string) (pick Pick, err error) {
	var rest string
	if parts := numberPattern.FindStringSubmatch(text); parts != nil {
		pick.Number, _ = strconv.Atoi(parts[1])
		rest = parts[2]
	} else if pick.Label, rest, err = unquote(text); err != nil {
		return pick, fmt.Errorf(`%s wants a number or a label in double quotes: %s 2, %s "Yes" on 4 of bo: %w`, verb, verb, verb, err)
	}
	parts := onPattern.FindStringSubmatch(strings.TrimRight(rest, " \t"))
	if parts == nil {
		return pick, fmt.Errorf(`%.40q is not understood; behind %s stand a number or a label, then "on 4", "of bo", "there" and "with id of 7"`, rest, verb)
	}
	pick.On, _ = strconv.Atoi(parts[1])
	pick.Like, _ = strconv.Atoi(parts[4])
	pick.There, pick.ID = parts[3] != "", parts[5]
	if parts[2] != "" {
		pick.Of, err = p.who(parts[2])
	}
	return pick, err
}

var fieldPattern = regexp.MustCompile(`^([a-z0-9-]+)=(.*)$`)

func parseFill(text string) (Deed, error) {
	var fill Fill
	for text != "" {
		parts := fieldPattern.FindStringSubmatch(text)
		if parts == nil {
			return nil, fmt.Errorf(`%.40q is not understood; fill wants name="value" for each field`, text)
		}
		value, rest, err := unquote(parts[2])
		if err != nil {
			return nil, fmt.Errorf("the value of %s: %w", parts[1], err)
		}
		same := func(v Value) bool { return v.Field == parts[1] }
		if slices.ContainsFunc(fill.Values, same) {
			return nil, fmt.Errorf("%s is filled twice", parts[1])
		}
		fill.Values = append(fill.Values, Value{Field: parts[1], Text: value})
		text = strings.TrimSpace(rest)
	}
	return fill, nil
}
