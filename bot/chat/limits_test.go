package chat

import "testing"

// Every limit is what the stricter platform allows; where only one platform has
// the thing, the other's figure is 0.
func TestLimitsAreWithinEveryPlatforms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name                string
		got, slack, discord int
	}{
		{"MaxRef", MaxRef, 255, 100},
		{"MaxRows", MaxRows, 50, 5},
		{"MaxButtons", MaxButtons, 25, 5},
		{"MaxLabel", MaxLabel, 75, 80},
		{"MaxOptions", MaxOptions, 100, 25},
		{"MaxOptionText", MaxOptionText, 75, 100},
		{"MaxOptionValue", MaxOptionValue, 150, 100},
		{"MaxMenuHint", MaxMenuHint, 150, 150},
		{"MaxTitle", MaxTitle, 150, 256},
		{"MaxParagraph", MaxParagraph, 3000, 4096},
		{"MaxBody", MaxBody, 0, 4096},
		{"MaxFields", MaxFields, 10, 25},
		{"MaxFieldName", MaxFieldName, 2000, 256},
		{"MaxFieldValue", MaxFieldValue, 2000, 1024},
		{"MaxNote", MaxNote, 2000, 2048},
		{"MaxMessage", MaxMessage, 0, 6000},
		{"MaxAttachments", MaxAttachments, 0, 10},
		{"MaxFormFields", MaxFormFields, 100, 5},
		{"MaxFormTitle", MaxFormTitle, 24, 45},
		{"MaxSubmit", MaxSubmit, 24, 0},
		{"MaxFormLabel", MaxFormLabel, 2000, 45},
		{"MaxFormHint", MaxFormHint, 150, 100},
		{"MaxFormText", MaxFormText, 3000, 4000},
		{"MaxLine", MaxLine, 0, 6000},
		{"MaxCommands", MaxCommands, 0, 25},
		{"MaxCommandText", MaxCommandText, 0, 8000},
		{"MaxCommandName", MaxCommandName, 0, 32},
		{"MaxSummary", MaxSummary, 0, 100},
		{"MaxArgSummary", MaxArgSummary, 0, 100},
	} {
		for platform, limit := range map[string]int{"slack": test.slack, "discord": test.discord} {
			if limit > 0 && test.got > limit {
				t.Errorf("%s = %d, want at most %d for %s", test.name, test.got, limit, platform)
			}
		}
	}
}

func TestCardWithEverythingFitsBesideItsControls(t *testing.T) {
	t.Parallel()
	const blocksOfOneMessage = 50 // title, paragraphs, two blocks of fields, note and rows are a block each
	if least := 1 + 2 + 1 + MaxRows; least > blocksOfOneMessage {
		t.Errorf("a card takes %d blocks without its paragraphs, want at most %d", least, blocksOfOneMessage)
	}
	if names := MaxFields * (MaxFieldName + 1); MaxTitle+names+2 > MaxMessage {
		t.Errorf("the names of all fields take %d runes, which Clip cannot shorten to %d", names, MaxMessage)
	}
}
