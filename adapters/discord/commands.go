package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// command is one command as Discord registers it, with everything that is set.
// https://discord.com/developers/docs/interactions/application-commands#application-command-object
type command struct {
	Name        string          `json:"name"`
	Type        int             `json:"type"`
	Description string          `json:"description"`
	Contexts    []int           `json:"contexts"`          // guilds, and direct conversations with the bot
	Integration []int           `json:"integration_types"` // installed by a guild
	Options     []commandOption `json:"options"`
}

type commandOption struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Description  string                                 `json:"description"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []commandChoice                        `json:"choices,omitempty"`
	Options      []commandOption                        `json:"options,omitempty"`
}

type commandChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// commands is the tree as Discord's one command with groups below it. A root
// command cannot be sent alone where it has others below it.
func commands(tree *chat.Tree) []command {
	const chatInput = 1
	root := command{
		Name: tree.Name, Type: chatInput, Description: tree.Summary,
		Contexts: []int{0, 1}, Integration: []int{0},
	}
	for _, c := range tree.Commands {
		if len(c.Subs) == 0 {
			root.Options = append(root.Options, leaf(c))
			continue
		}
		group := commandOption{Type: discordgo.ApplicationCommandOptionSubCommandGroup, Name: c.Name, Description: c.Summary}
		for _, sub := range c.Subs {
			group.Options = append(group.Options, leaf(sub))
		}
		root.Options = append(root.Options, group)
	}
	return []command{root}
}

// leaf is a command that can be called. One that may be called without any
// argument requires none.
func leaf(c chat.Command) commandOption {
	out := commandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: c.Name, Description: c.Summary}
	for _, arg := range c.Args {
		o := commandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: arg.Name, Description: arg.Summary,
			Required: arg.Required && c.Blank == "", Autocomplete: arg.Complete && len(arg.Choices) == 0,
		}
		if arg.Kind == chat.ArgNumber {
			o.Type = discordgo.ApplicationCommandOptionInteger
			o.Autocomplete = false
		}
		for _, choice := range arg.Choices {
			o.Choices = append(o.Choices, commandChoice{Name: choice, Value: choice})
		}
		out.Options = append(out.Options, o)
	}
	return out
}

// register brings the registered commands into step with the tree: in every
// guild that is named for trying, else everywhere. What is registered is read
// first, so that nothing is written, and no daily allowance used up, at a start
// that changes nothing.
func (r *rest) register(ctx context.Context, application string, guilds []string, tree *chat.Tree) error {
	if len(guilds) == 0 {
		return r.registerAt(ctx, "/applications/{}/commands", tree, application)
	}
	for _, guild := range guilds {
		if err := r.registerAt(ctx, "/applications/{}/guilds/{}/commands", tree, application, guild); err != nil {
			return err
		}
	}
	return nil
}

func (r *rest) registerAt(ctx context.Context, path string, tree *chat.Tree, ids ...string) error {
	var have []command
	want := commands(tree)
	if err := r.do(ctx, call{name: "read commands", to: "GET " + path, ids: ids}, &have); err != nil || sameCommands(have, want) {
		return err
	}
	return r.do(ctx, call{name: "register commands", to: "PUT " + path, ids: ids, body: want}, nil)
}

// sameCommands compares all that is set here: what Discord adds was not decoded,
// and what it leaves out is not encoded.
func sameCommands(have, want []command) bool {
	was, err := json.Marshal(have)
	is, err2 := json.Marshal(want)
	return err == nil && err2 == nil && bytes.Equal(was, is)
}

// Commands is the tree's command list as Discord takes it, indented.
func Commands(tree *chat.Tree) ([]byte, error) {
	text, err := json.MarshalIndent(commands(tree), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("discord: encode commands: %w", err)
	}
	return text, nil
}
