package discord

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// call reads a command. A name that the tree does not have is passed on: the
// core says what there is.
func (in *interaction) call(root string) (chat.Call, error) {
	path, options := in.path(root)
	call := chat.Call{Path: path}
	for _, o := range options {
		value, err := o.text()
		if err != nil {
			return chat.Call{}, err
		}
		if call.Args == nil {
			call.Args = map[string]string{}
		}
		call.Args[o.Name] = value
	}
	return call, nil
}

// path is the command's names below the root, and what stands behind them.
func (in *interaction) path(root string) ([]string, []option) {
	var path []string
	if in.Data.Name != root {
		path = append(path, in.Data.Name)
	}
	options := in.Data.Options
	for len(options) == 1 && (options[0].Type == discordgo.ApplicationCommandOptionSubCommand || options[0].Type == discordgo.ApplicationCommandOptionSubCommandGroup) {
		path = append(path, options[0].Name)
		options = options[0].Options
	}
	return path, options
}

// account is how people write a mention in a text.
var account = regexp.MustCompile(`^<@!?([0-9]{1,20})>$`)

// text is an argument as the core reads it.
func (o *option) text() (string, error) {
	switch o.Type {
	case discordgo.ApplicationCommandOptionString:
		text, err := desk.Decode[string]("a text option", o.Value)
		if err != nil {
			return "", err
		}
		if found := account.FindStringSubmatch(text); found != nil {
			return chat.Account{Platform: Platform, User: found[1]}.String(), nil
		}
		return text, nil
	case discordgo.ApplicationCommandOptionInteger:
		n, err := desk.Decode[int64]("a number option", o.Value)
		return strconv.FormatInt(n, 10), err
	}
	return "", fmt.Errorf("an option of type %d", o.Type)
}

// completion is the argument that is being typed. Its value, and those beside
// it, may be half a text: what cannot be read is left out.
func (in *interaction) completion(root string) (chat.Completion, error) {
	path, options := in.path(root)
	q := chat.Completion{From: in.from(), In: in.place(), Path: path, Args: map[string]string{}}
	for _, o := range options {
		value, err := o.text()
		switch {
		case o.Focused:
			q.Arg = o.Name
			if err == nil {
				q.Typed = value
			}
		case err == nil:
			q.Args[o.Name] = value
		}
	}
	if q.Arg == "" {
		return q, errors.New("a completion of nothing")
	}
	return q, nil
}
