package chat

import (
	"time"

	"pgregory.net/rapid"
)

// The generators draw values as the core makes them, with any text that a
// person may have typed. They are functions, for one generator must not be used
// by two tests at once.

func genText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.SampledFrom([]rune("ab \n\t\"\\“”„«é\u0301\u0338\u200c\u200d\u200b\u202eم❤\ufe0f👩🏽🇩🇪↔क्:/<@>"))),
	)
}

func genShown() *rapid.Generator[string] {
	return rapid.Map(genText(), func(s string) string { return "x" + s })
}

func genID() *rapid.Generator[string] { return rapid.StringMatching(`[A-Za-z0-9_.-]{1,20}`) }

func genName() *rapid.Generator[string] { return rapid.StringMatching(`[a-z0-9-]{1,12}`) }

func genTime() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.Int64Range(1, 4e9), func(s int64) time.Time { return time.Unix(s, 0).UTC() })
}

func genAccount() *rapid.Generator[Account] {
	return rapid.Custom(func(t *rapid.T) Account {
		team := ""
		if rapid.Bool().Draw(t, "has team") {
			team = genID().Draw(t, "team")
		}
		return Account{Platform: Platform(genName().Draw(t, "platform")), Team: team, User: genID().Draw(t, "user")}
	})
}

func genHome() *rapid.Generator[Home] {
	return rapid.Custom(func(t *rapid.T) Home {
		return Home{Platform: Platform(genName().Draw(t, "platform")), ID: genID().Draw(t, "home")}
	})
}

func genPosted() *rapid.Generator[Posted] {
	return rapid.Custom(func(t *rapid.T) Posted {
		return Posted{
			Place:   Place{Home: genHome().Draw(t, "home"), Channel: rapid.StringMatching(`[A-Z0-9]{0,9}`).Draw(t, "channel")},
			Message: genID().Draw(t, "message"),
		}
	})
}

func genRef() *rapid.Generator[Ref] {
	return rapid.Custom(func(t *rapid.T) Ref {
		return Ref{Route: genName().Draw(t, "route"), ID: rapid.StringMatching(`[A-Za-z0-9:_.-]{0,30}`).Draw(t, "id")}
	})
}

func genSpan() *rapid.Generator[Span] {
	return rapid.Custom(func(t *rapid.T) Span {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return Say(genShown().Draw(t, "say"))
		case 1:
			return Strong(genShown().Draw(t, "strong"))
		case 2:
			return Code(genShown().Draw(t, "code"))
		case 3:
			return Link{Label: genText().Draw(t, "label"), URL: "https://example.org/" + genID().Draw(t, "page")}
		case 4:
			return When{At: genTime().Draw(t, "at"), Fallback: genShown().Draw(t, "fallback")}
		default:
			return Mention{Name: genShown().Draw(t, "name"), Accounts: rapid.SliceOfN(genAccount(), 1, 2).Draw(t, "accounts")}
		}
	})
}

func genLine() *rapid.Generator[Text] {
	return rapid.Custom(func(t *rapid.T) Text {
		return rapid.SliceOfN(genSpan(), 1, 4).Draw(t, "spans")
	})
}

// genLong() draws texts around and beyond every limit.
func genLong() *rapid.Generator[Text] {
	return rapid.Custom(func(t *rapid.T) Text {
		text := genLine().Draw(t, "text")
		piece := rapid.SampledFrom([]string{"a", "e\u0301", "👩🏽\u200d🔬", "🇩🇪", "word "}).Draw(t, "piece")
		for range rapid.IntRange(0, 12).Draw(t, "times") {
			piece += piece
		}
		return append(text, Say(piece))
	})
}

func genOption() *rapid.Generator[Option] {
	return rapid.Custom(func(t *rapid.T) Option {
		return Option{Label: genShown().Draw(t, "label"), Value: genID().Draw(t, "value"), Hint: genText().Draw(t, "hint")}
	})
}

func optionValue(o Option) string { return o.Value }

func genRow() *rapid.Generator[Row] {
	return rapid.Custom(func(t *rapid.T) Row {
		if rapid.Bool().Draw(t, "menu") {
			return NewMenu(Menu{
				Ref: genRef().Draw(t, "ref"), Hint: genText().Draw(t, "hint"),
				Options: rapid.SliceOfNDistinct(genOption(), 1, 4, optionValue).Draw(t, "options"),
			})
		}
		return NewRow(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Button {
			return Button{
				Label: genShown().Draw(t, "label"), Ref: genRef().Draw(t, "ref"),
				Tone: rapid.SampledFrom([]Tone{Plain, Main, Danger}).Draw(t, "tone"),
			}
		}), 1, 3).Draw(t, "buttons")...)
	})
}

// genMessage draws valid messages but for references that stand twice.
func genMessage(text *rapid.Generator[Text]) *rapid.Generator[Message] {
	return rapid.Custom(func(t *rapid.T) Message {
		return Message{
			Title: genShown().Draw(t, "title"),
			Body:  rapid.SliceOfN(text, 0, 4).Draw(t, "body"),
			Fields: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Field {
				return Field{Name: genShown().Draw(t, "name"), Value: text.Draw(t, "value")}
			}), 0, MaxFields).Draw(t, "fields"),
			Note: text.Draw(t, "note"),
			Rows: rapid.SliceOfN(genRow(), 0, 3).Draw(t, "rows"),
			Attachments: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Attachment {
				return Attachment{Name: "a.ics", Type: "text/calendar", Data: rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "data")}
			}), 0, 2).Draw(t, "files"),
		}
	})
}

func genInput() *rapid.Generator[Input] {
	return rapid.Custom(func(t *rapid.T) Input {
		values := rapid.MapOfN(genName(), genText(), 0, 3)
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return Line{Text: genText().Draw(t, "line")}
		case 1:
			return Call{Path: rapid.SliceOfN(genName(), 0, 2).Draw(t, "path"), Args: values.Draw(t, "args")}
		case 2:
			return Press{Ref: genRef().Draw(t, "ref"), Values: rapid.SliceOfN(genID(), 0, 2).Draw(t, "chosen"), On: genPosted().Draw(t, "on")}
		case 3:
			return Submission{Ref: genRef().Draw(t, "ref"), Values: values.Draw(t, "values"), On: genPosted().Draw(t, "on")}
		default:
			return Happening{What: rapid.SampledFrom([]What{BotAdded, BotRemoved, ChannelGone}).Draw(t, "what")}
		}
	})
}

func genEvent() *rapid.Generator[Event] {
	return rapid.Custom(func(t *rapid.T) Event {
		return Event{
			ID: genID().Draw(t, "id"), At: genTime().Draw(t, "at"), From: genAccount().Draw(t, "from"),
			Name: genText().Draw(t, "name"), In: genPosted().Draw(t, "in").Place,
			Handle: Handle{Token: genText().Draw(t, "token"), Expires: genTime().Draw(t, "expires")},
			Input:  genInput().Draw(t, "input"),
		}
	})
}
