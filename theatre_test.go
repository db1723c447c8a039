package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/console"
	"interlab/adapters/redis"
	"interlab/bot/chat"
	"interlab/configs"
)

// theatre is a conversation and the stage that it is played on: the core over a
// store of its own, and the terminal, behind which platforms may have a house.
type theatre struct {
	t        *testing.T
	file     string
	text     string
	script   *console.Script
	settings configs.Settings
	store    *redis.Running
	world    *stage
	term     *console.Console
	houses   map[chat.Platform]func() chat.Messenger
	out      bytes.Buffer
}

func openTheatre(t *testing.T, file string) *theatre {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := console.Parse(file, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"HOME": t.TempDir()}
	s, err := configs.Load(settingsFile(t), func(name string) string { return env[name] }, os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	store, err := redis.InProcess(t.Context(), s.Network.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	th := &theatre{
		t: t, file: file, text: string(text), script: script, settings: s, store: store,
		world: newStage(store, cli.Console{Script: file}), houses: map[chat.Platform]func() chat.Messenger{},
	}
	th.term = console.New(console.Options{World: th.world, Out: &th.out})
	return th
}

// house lets a platform's people come in through a door, and be answered there.
func (th *theatre) house(p chat.Platform, door console.StageDoor, messenger func() chat.Messenger) {
	th.term.Install(p, door)
	th.houses[p] = messenger
}

// core is the bot on this stage, with the people listed who stand in the file
// beside the script.
func (th *theatre) core() chat.App {
	th.t.Helper()
	messenger := func(p chat.Platform) (chat.Messenger, bool) {
		if house := th.houses[p]; house != nil {
			return house(), true
		}
		return onTerminal(th.term, p), true
	}
	log := zerolog.New(zerolog.NewTestWriter(th.t)).Level(zerolog.ErrorLevel)
	app, err := th.world.begin(th.settings, messenger, rand.NewChaCha8([32]byte{}), log)
	if err != nil {
		th.t.Fatal(err)
	}
	th.term.Bind(th.world)
	if people := peopleOf(th.file); people != "" {
		if err := listPeople(th.t.Context(), th.settings, app, people); err != nil {
			th.t.Fatal(err)
		}
	}
	return th.world
}

// play plays the script and returns the transcript.
func (th *theatre) play() string {
	th.t.Helper()
	if err := th.term.Play(th.t.Context(), th.script); err != nil {
		th.t.Fatalf("%v\n%s", err, th.out.String())
	}
	return th.out.String()
}

// atOnce reports whether something happens at the same moment: who is first is
// then open, and so is what they read; the script says what must hold.
func (th *theatre) atOnce() bool { return strings.Contains(th.text, "\ntogether\n") }

// inTerminal plays a script in the terminal alone, the lines of these platforms'
// people as they are marked for those.
func inTerminal(t *testing.T, file string, platforms ...chat.Platform) string {
	t.Helper()
	th := openTheatre(t, file)
	for _, p := range platforms {
		th.term.Install(p, nil)
	}
	th.core()
	return th.play()
}

// peopleOf is the file of the people who are listed before a script begins; empty
// if there is none.
func peopleOf(script string) string {
	people := strings.TrimSuffix(script, ".txt") + ".csv"
	if _, err := os.Stat(people); err != nil {
		return ""
	}
	return people
}
