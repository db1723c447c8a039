package chat

import "strings"

// Help explains the whole tree, a group or a leaf, whatever the names lead to.
// Names that lead nowhere get the nearest there is, with a word about it.
func (t *Tree) Help(path []string) Message {
	names := names(t.withoutRoot(tokens(Clean(strings.Join(path, " ")))))
	found, at := t.walk(names)
	var notice Text
	if len(found) < len(names) && (len(found) == 0 || at.group()) {
		typed := strings.Join(append(found[:len(found):len(found)], Clip(names[len(found)], maxEcho)), " ")
		near, ok := t.suggest(found, names[len(found)])
		if ok {
			found, at = t.walk(near)
			notice = T("There is no ", Code(typed), ". Here is ", Code(strings.Join(near, " ")), ", which comes nearest.")
		} else {
			notice = T("There is no ", Code(typed), ". Here is what there is.")
		}
	}
	card := t.page(found, at)
	if len(notice) > 0 {
		card.Body = append([]Text{notice}, card.Body...)
	}
	return card.Clip()
}

// page is the help about what was found.
func (t *Tree) page(path []string, at Command) Message {
	switch {
	case len(path) == 0:
		return t.overview()
	case at.group():
		return groupPage(at)
	default:
		return leafPage(strings.Join(path, " "), at)
	}
}

// overview has a field for every group and a paragraph for every leaf. Groups
// beyond MaxFields are paragraphs too.
func (t *Tree) overview() Message {
	card := Message{
		Title: "What you can type",
		Body: []Text{T(t.Summary, ". Type ", Code("/"+t.Name), " alone to begin; buttons and forms lead to everything common. ",
			"Type ", Code("help"), " and a command for more about it.")},
		Note: T("Values follow a command in order, or as ", Code("name:value"), "; those of several words go in double quotes, ",
			Code(`name:"two words"`), ". Outside a direct message, put ", Code("/"+t.Name), " in front."),
	}
	for _, c := range t.Commands {
		switch {
		case !c.group():
			card.Body = append(card.Body, T(Code(c.Name), " - ", c.Summary))
		case len(card.Fields) < MaxFields:
			card.Fields = append(card.Fields, Field{Name: c.Name, Value: T(c.Summary, ": ", codes(commandNames(c.Subs)))})
		default:
			card.Body = append(card.Body, T(Code(c.Name), " - ", c.Summary, ": ", codes(commandNames(c.Subs))))
		}
	}
	return card
}

// groupPage has a paragraph for every leaf of the group.
func groupPage(group Command) Message {
	card := Message{Title: group.Name, Body: []Text{T(group.Summary, ".")}}
	for _, leaf := range group.Subs {
		line := T(Code(group.Name+" "+leaf.Name), " - ", leaf.Summary, ".")
		if leaf.Example != group.Name+" "+leaf.Name {
			line = T(line, " For example: ", Code(leaf.Example))
		}
		card.Body = append(card.Body, line)
	}
	return card
}

// leafPage has the way to type the command, a field for every argument, and an
// example. Arguments beyond MaxFields are paragraphs.
func leafPage(name string, leaf Command) Message {
	card := Message{Title: name, Body: []Text{T(leaf.Summary, "."), T("Type ", Code(usage(name, leaf)))}}
	for i, arg := range leaf.Args {
		if i < MaxFields {
			card.Fields = append(card.Fields, Field{Name: arg.Name, Value: arg.about()})
			continue
		}
		card.Body = append(card.Body, T(Code(arg.Name), " - ", arg.about()))
	}
	if leaf.Blank != "" {
		card.Body = append(card.Body, T(Code(name), " alone asks for what it needs."))
	}
	if leaf.Example != name {
		card.Body = append(card.Body, T("For example: ", Code(leaf.Example)))
	}
	return card
}

// usage is the command with its arguments' names, the optional ones in brackets.
func usage(name string, leaf Command) string {
	out := []string{name}
	for _, arg := range leaf.Args {
		place := arg.Name + ":..."
		if !arg.Required {
			place = "[" + place + "]"
		}
		out = append(out, place)
	}
	return strings.Join(out, " ")
}

// about says what the argument is, and whether it is needed.
func (a Arg) about() Text {
	text := T(a.Summary)
	switch a.Kind {
	case ArgChoice:
		text = T(text, ": ", codes(a.Choices))
	case ArgNumber:
		text = T(text, ", a whole number")
	case ArgPerson:
		text = T(text, ", a name or an @mention")
	case ArgText:
	}
	if !a.Required {
		return T(text, " (may be left out)")
	}
	return text
}

// codes lists things to type.
func codes(items []string) Text {
	var text Text
	for i, item := range items {
		if i > 0 {
			text = append(text, Say(", "))
		}
		text = append(text, Code(item))
	}
	return text
}
