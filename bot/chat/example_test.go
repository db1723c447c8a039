package chat_test

import (
	"errors"
	"fmt"

	"interlab/bot/chat"
)

func tree() *chat.Tree {
	return &chat.Tree{
		Name: "interlab", Summary: "Find people in other labs", Start: "start",
		Commands: []chat.Command{
			{Name: "match", Summary: "Find somebody who knows", Subs: []chat.Command{{
				Name: "find", Summary: "Ask who knows a topic", Route: "match.find", Blank: "match.form",
				Example: "match find sparse autoencoders",
				Args: []chat.Arg{
					{Name: "topic", Summary: "What it is about", Required: true},
					{Name: "role", Summary: "Whom to ask", Kind: chat.ArgChoice, Choices: []string{"student", "staff"}},
				},
			}}},
			{Name: "me", Summary: "What is kept about you", Route: "me", Example: "me"},
		},
	}
}

func ExampleTree_Parse() {
	call, err := tree().Parse("/interlab match find sparse autoencoders")
	fmt.Println(call.Path, call.Args, err)
	call, err = tree().Parse("match find topic:\u201csparse autoencoders\u201d role:Staff")
	fmt.Println(call.Path, call.Args, err)
	_, err = tree().Parse("mtach find optics")
	fmt.Println(err)
	// Output:
	// [match find] map[topic:sparse autoencoders] <nil>
	// [match find] map[role:staff topic:sparse autoencoders] <nil>
	// There is no command "mtach". Did you mean "match"? Type help to see all.
}

func ExampleParseError() {
	_, err := tree().Parse("match find optics role:boss")
	var problem *chat.ParseError
	if errors.As(err, &problem) {
		fmt.Println(problem.Path)
		fmt.Println(problem.Text)
	}
	// Output:
	// [match find]
	// role: takes one of student or staff, and "boss" is none of them.
}

func ExampleTree_Format() {
	fmt.Println(tree().Format(chat.Call{
		Path: []string{"match", "find"},
		Args: map[string]string{"role": "staff", "topic": "sparse autoencoders"},
	}))
	// Output: match find topic:"sparse autoencoders" role:staff
}

func ExampleTree_Route() {
	for _, line := range []string{"", "me", "match find", "match find optics"} {
		call, _ := tree().Parse(line)
		route, _ := tree().Route(call)
		fmt.Printf("%q goes to %s\n", line, route)
	}
	// Output:
	// "" goes to start
	// "me" goes to me
	// "match find" goes to match.form
	// "match find optics" goes to match.find
}

func ExampleTree_Leaves() {
	for path, leaf := range tree().Leaves() {
		fmt.Println(path, leaf.Summary)
	}
	// Output:
	// [match find] Ask who knows a topic
	// [me] What is kept about you
}

func ExampleTree_Help() {
	card := tree().Help([]string{"match"})
	fmt.Println(card.Title)
	for _, paragraph := range card.Body {
		fmt.Println(paragraph.Plain())
	}
	// Output:
	// match
	// Find somebody who knows.
	// match find - Ask who knows a topic. For example: match find sparse autoencoders
}

func ExampleMessage_Validate() {
	err := chat.Message{
		Title: "Somebody knows",
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Ask", Ref: chat.Ref{Route: "ask", ID: "p1"}}), {}},
		Attachments: []chat.Attachment{
			{Name: "map.png", Type: "image/png", Data: []byte{1}},
		},
	}.Validate()
	fmt.Println(err)
	// Output:
	// rows[1]: needs either buttons or a menu
	// attachments[0].alt: a picture needs a text that says what it shows
}

func ExampleForm_Check() {
	form := chat.Form{Fields: []chat.FormField{
		{Name: "topic", Label: "Topic", Required: true, Max: 12},
		{Name: "why", Label: "Why"},
	}}
	for _, problem := range form.Check(map[string]string{"topic": "sparse autoencoders"}) {
		fmt.Println(problem.Field, "-", problem.Text)
	}
	// Output: topic - Topic: please shorten this to 12 characters; it has 19.
}

func ExampleCompletions() {
	options := []chat.Option{{Label: "Neural optics"}, {Label: "Évolution"}, {Label: "Optics"}}
	for _, option := range chat.Completions(options, "opt") {
		fmt.Println(option.Label)
	}
	// Output:
	// Optics
	// Neural optics
}

func ExampleClean() {
	fmt.Printf("%q\n", chat.Clean(" invoice\u202efdp.exe\x00\r\nZoe\u0308 "))
	fmt.Printf("%q\n", chat.CleanLine("a\tline\n or  two"))
	// Output:
	// "invoicefdp.exe\nZoë"
	// "a line or two"
}

func ExampleText() {
	text := chat.T("Ask ", chat.Mention{Name: "Ana"}, " about ", chat.Strong("*p < 0.05*"), ", see ",
		chat.Link{Label: "the paper", URL: "https://example.org/p"}, ".")
	fmt.Println(text.Plain())
	// Output: Ask Ana about *p < 0.05*, see the paper (https://example.org/p).
}
