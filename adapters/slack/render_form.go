package slack

import (
	"cmp"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// fieldAction is the action_id of every field: the block's id has the name.
const fieldAction = "value"

// modal is the form as a view. The context comes back with the submission.
func modal(f chat.Form, context string) slack.ModalViewRequest {
	blocks := make([]slack.Block, len(f.Fields))
	for i, field := range f.Fields {
		blocks[i] = input(field)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(chat.ShownLine(f.Title)), Submit: plain(chat.ShownLine(f.Submit)), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: blocks}, CallbackID: f.Ref.String(), PrivateMetadata: context,
	}
}

func input(f chat.FormField) slack.Block {
	block := &slack.InputBlock{
		Type: slack.MBTInput, BlockID: f.Name, Label: plain(chat.ShownLine(f.Label)), Element: entry(f), Optional: !f.Required,
	}
	if hint := chat.ShownLine(f.Hint); hint != "" {
		block.Hint = plain(hint)
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
		Type: slack.METPlainTextInput, ActionID: fieldAction, InitialValue: chat.Shown(f.Value), Multiline: f.Long, MaxLength: cmp.Or(f.Max, chat.MaxFormText),
	}
}

// homeView is a message as the home view.
func homeView(m chat.Message, team string) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: messageBlocks(m, team)}}
}
