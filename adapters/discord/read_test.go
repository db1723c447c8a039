package discord_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/chat"
)

// typed draws what people might type: text, signs that Discord formats, and
// what only looks like something.
func typed() *rapid.Generator[string] {
	pieces := []string{
		"a", "word", " ", "\n", "*", "**", "_", "~~", "||", "`", "``", "```", "[", "](", ")", "<", ">", "@everyone", "@here", "<@1>", "<@&1>", "<#1>",
		"<t:0:R>", "# ", "- ", "-# ", "> ", "\\", "https://lab.example/a_b*c", "](https://evil.example)", "é", "🧪", "\u202e", "1. ",
	}
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40), func(parts []string) string { return strings.Join(parts, "") })
}

// What somebody types reaches the server as text, pings nobody, and is read as
// it was typed, in every part of a message.
func TestWhatIsReadIsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		text := chat.Clean(typed().Draw(t, "text"))
		if text == "" {
			return
		}
		n++
		m := chat.Message{Title: "A title", Body: []chat.Text{chat.T(text)}, Fields: []chat.Field{{Name: "Field", Value: chat.T("x ", text)}}, Note: chat.T(text)}
		posted, err := s.adapter.Post(context.Background(), strings.Repeat("d", n), place, m)
		if err != nil {
			t.Fatalf("Post(%q) = %v", text, err)
		}
		for _, message := range s.Messages("") {
			if message.ID != posted.Message {
				continue
			}
			if got := message.Body.AllowedMentions; len(got.Parse)+len(got.Users)+len(got.Roles) > 0 || message.Body.Content != "" {
				t.Fatalf("Post(%q) may ping %+v with content %q", text, got, message.Body.Content)
			}
			read, err := s.Read(message)
			if err != nil {
				t.Fatalf("Read after Post(%q) = %v", text, err)
			}
			var body []string
			for _, paragraph := range read.Body {
				body = append(body, paragraph.Plain())
			}
			want := strings.Join(strings.Fields(text), " ")
			for part, got := range map[string]string{"body": strings.Join(body, " "), "field": strings.TrimPrefix(read.Fields[0].Value.Plain(), "x "), "note": read.Note.Plain()} {
				if strings.Join(strings.Fields(got), " ") != want {
					t.Fatalf("%s of %q reads %q; sent was %+v", part, text, got, message.Body.Embeds[0])
				}
			}
		}
	})
}
