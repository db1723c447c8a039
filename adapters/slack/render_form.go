package slack

import (
	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// fieldAction is the action_id of every field: the block's id has the name.
const fieldAction = "value"

// modal is the form as a view. The context comes back with the submission.
func modal(f chat.Form, context string) slack.ModalViewRequest {
	f = f.Shown()
	blocks := make([]slack.Block, len(f.Fields))
	for i, field := range f.Fields {
		blocks[i] = input(field)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(f.Title), Submit: plain(f.Submit), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: blocks}, CallbackID: f.Ref.String(), PrivateMetadata: context,
	}
}

func input(f chat.FormField) slack.Block {
	block := &slack.InputBlock{
		Type: slack.MBTInput, BlockID: f.Name, Label: plain(f.Label), Element: entry(f), Optional: !f.Required,
	}
	if f.Hint != "" {
		block.Hint = plain(f.Hint)
	}
	return block
}

// entry is a choice, or a text of at most the field's length. Slack refuses an
// initial option that is not among the options, and a limit of 0.
func entry(f chat.FormField) slack.BlockElement {
	if len(f.Options) > 0 {
		out := &slack.SelectBlockElement{
			Type: slack.OptTypeStatic, ActionID: fieldAction, Placeholder: plain("Choose one"), Options: options(f.Options),
		}
		for _, o := range f.Options {
			if o.Value == f.Value {
				out.InitialOption = option(o)
			}
		}
		return out
	}
	return &slack.PlainTextInputBlockElement{
		Type: slack.METPlainTextInput, ActionID: fieldAction, InitialValue: f.Value, Multiline: f.Long, MaxLength: f.Max,
	}
}

// homeView is a message as the home view.
func homeView(m chat.Message, team string) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: messageBlocks(m.Shown(), team)}}
}
