package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"interlab/adapters/discord/discordtest"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/seal"
)

// aviary is a bot on two platforms with everything secret that there is: each
// secret is a canary, which nobody may hear.
type aviary struct {
	t       *testing.T
	slack   *slacktest.Server
	discord *discordtest.Server
	redis   string // its address
	folder  string // of the store's files
	file    string // of the settings
	seen    sights
	log     serveLog

	canaries map[string]string // by name
	heard    map[string]string // what is looked at, by where it was told
}

func newAviary(t *testing.T, format string) *aviary {
	t.Helper()
	store := newMortal(t)
	a := &aviary{t: t, redis: store.address, folder: store.args[slices.Index(store.args, "--dir")+1], discord: discordtest.New(t), canaries: map[string]string{}, heard: map[string]string{}}
	a.slack = slacktest.New(t, slacktest.Options{Seen: a.seen.add})
	tokens := a.slack.AddTeam("curie", "Curie")
	a.slack.AddChannel("curie", slacktest.Channel{ID: "C1", Member: true}, "ana")
	a.slack.AddUser("curie", slacktest.User{ID: "ana", Name: "Ana"})
	const password = `can"ary\of&the store`
	a.canaries["Slack's bot token"], a.canaries["Slack's app token"] = tokens.Bot, tokens.App
	a.canaries["Discord's token"], a.canaries["Redis' password"] = discordtest.Token, password
	line, err := seal.New("autumn", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.Parse(line)
	if err != nil {
		t.Fatal(err)
	}
	a.canaries["a key"] = strings.TrimPrefix(line, "autumn:")
	if a.canaries["a signed link"], err = ring.Sign("lab", []byte("curie"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := command(t, a.redis, `CONFIG SET requirepass "can\"ary\\of&the store"`); got != "+OK" {
		t.Fatalf("the store gets a password: %s", got)
	}
	a.file = settingsOf(t, fmt.Sprintf(`
network: {organisers: ["slack:curie/ana"]}
redis: {url: "redis://%s/0", password_file: %s}
private: {listen: "127.0.0.1:0"}
web: {listen: "127.0.0.1:0", address: "https://labs.example"}
log: {level: debug, format: %s}
keys_file: %s
slack:
  api_url: %s
  workspaces:
    - {name: curie, bot_token: %s, app_token: %s}
discord: {api_url: %s, token: %s}
`, a.redis, secret(t, "password", password), format, secret(t, "keys", line), a.slack.APIURL(), tokens.Bot, tokens.App, a.discord.URL, discordtest.Token))
	return a
}

// secret is a file with a secret in it.
func secret(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// listens are where the listeners of a bot are, from its log.
var listens = regexp.MustCompile(`(?:"at":"|at=\S*?)(127\.0\.0\.1:[0-9]+)`)

// serving runs the bot, does something meanwhile, and keeps the log.
func (a *aviary) serving(do func(private, public string)) {
	a.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan int, 1)
	home := a.t.TempDir()
	go func() {
		done <- run(ctx, []string{"-c", a.file, "serve"}, strings.NewReader(""), io.Discard, &a.log, func(name string) string {
			return map[string]string{"HOME": home}[name]
		})
	}()
	await(a.t, "both platforms and both listeners", func() bool {
		return a.slack.Sockets("curie") > 0 && a.discord.Connected() && len(a.listeners()) == 2
	})
	at := a.listeners()
	do("http://"+at["private"], "http://"+at["public"])
	stop()
	if code := <-done; code != 0 {
		a.t.Errorf("serve = exit %d:\n%s", code, a.log.String())
	}
	a.heard["the log"] = a.log.String()
}

func (a *aviary) listeners() map[string]string {
	at := map[string]string{}
	for line := range strings.Lines(a.log.String()) {
		for _, name := range []string{"private", "public"} {
			if found := listens.FindStringSubmatch(line); found != nil && strings.Contains(line, name+" listener open") {
				at[name] = found[1]
			}
		}
	}
	return at
}

// says has Ana say something to the bot, and is what she is shown by way of answer.
func (a *aviary) says(text, want string) slacktest.Sight {
	a.t.Helper()
	before := len(a.seen.all())
	if _, err := a.slack.Say("curie", "ana", text); err != nil {
		a.t.Fatal(err)
	}
	return a.sees(before, want)
}

func (a *aviary) sees(since int, want string) (sight slacktest.Sight) {
	a.t.Helper()
	await(a.t, want, func() bool {
		for _, s := range a.seen.all()[since:] {
			if strings.Contains(s.Text+string(s.Blocks), want) {
				sight = s
				return true
			}
		}
		return false
	})
	return sight
}

// hatch has people do what makes secrets: an address of one's own calendar, a code
// to link an account, and deeds whose answers go by tokens.
func (a *aviary) hatch() {
	a.t.Helper()
	a.says("admin lab name:Curie", "Curie")
	a.says("admin home lab:Curie", "Curie")
	a.says("profile set lab:Curie shares:optics zone:Paris contact:ana@curie.example show:name", "You are in")
	card := a.says("profile calendar", "secret address")
	before := len(a.seen.all())
	if _, err := a.slack.Press("curie", "ana", card.Channel, card.TS, "profile.calendar.new", ""); err != nil {
		a.t.Fatal(err)
	}
	said := a.sees(before, "labs.example/u/")
	a.canaries["the address of a calendar"] = regexp.MustCompile(`/u/([a-z0-9]+)\.ics`).FindStringSubmatch(string(said.Blocks))[1]
	said = a.says("link start", "link use code:")
	code := regexp.MustCompile(`link use code:([a-z0-9]{4}-[a-z0-9]{4})`).FindStringSubmatch(string(said.Blocks))[1]
	a.canaries["a link code"], a.canaries["a link code without its dash"] = code, strings.ReplaceAll(code, "-", "")

	guild := a.discord.AddGuild("Noether Lab")
	channel, bo := a.discord.AddChannel(guild), a.discord.AddUser("Bo Larsen")
	a.discord.JoinGuild(guild)
	deed := a.discord.Command(discordtest.Spot{User: bo.ID, Guild: guild.ID, Channel: channel.ID}, "interlab", []string{"start"})
	a.discord.Until("greeted", func() bool { return len(a.discord.Messages(bo.ID)) == 1 })
	a.canaries["the token of an interaction"] = deed.Token
}

// alarm lets go wrong what can: a platform that fails and cites tokens, things
// that nobody can read, a store that refuses, guests of the web who guess.
func (a *aviary) alarm(private, public string) {
	a.t.Helper()
	bot, app := a.canaries["Slack's bot token"], a.canaries["Slack's app token"]
	a.slack.Script("response_url", slacktest.Answer{Status: 500, Body: bot})
	if _, err := a.slack.Slash("curie", "ana", "C1", "profile show"); err != nil {
		a.t.Error(err)
	}
	for i, name := range []string{"Slack's bot token", "Slack's app token", "Discord's token", "Redis' password", "a key", "a signed link"} {
		a.refuses(fmt.Sprint("guest", i), a.canaries[name])
	}
	for _, odd := range []map[string]any{
		{"type": bot, "response_url": a.slack.APIURL() + "hooks/" + bot, "token": app},
		{"type": "block_actions", "team": map[string]any{"id": "curie"}, "response_url": []any{bot}, "actions": app},
	} {
		if _, err := a.slack.Send("curie", "interactive", odd); err != nil {
			a.t.Error(err)
		}
	}
	a.discord.Dispatch("INTERACTION_CREATE", map[string]any{"id": "1", "type": 99, "token": a.canaries["the token of an interaction"], "data": discordtest.Token})
	a.discord.Drop()
	await(a.t, "Discord again", a.discord.Connected)
	for _, path := range []string{"/u/%s.ics", "/u/%s", "/u/%s.ics/x", "/?key=%s", "/talk/%s.ics", "/%s%%00"} {
		for _, canary := range a.canaries {
			a.heard["the page "+path+" with "+canary] = a.page(public+fmt.Sprintf(path, escaped(canary)), canary)
		}
	}
	a.storeRefuses()
	await(a.t, "readiness", func() bool { status, _ := ask(a.t, private+"/readyz"); return status == http.StatusOK })
	for _, page := range []string{"/metrics", "/readyz", "/livez"} {
		_, a.heard[page] = ask(a.t, private+page)
	}
}

// refuses has Slack refuse an answer, with a canary for its reason; the log has it.
func (a *aviary) refuses(who, canary string) {
	a.t.Helper()
	reason, err := json.Marshal(map[string]any{"ok": false, "error": canary})
	if err != nil {
		a.t.Fatal(err)
	}
	refusals := func() int { return strings.Count(a.log.String(), "slack answered") }
	before := refusals()
	a.slack.AddUser("curie", slacktest.User{ID: who, Name: who})
	a.slack.Script("chat.postMessage", slacktest.Answer{Body: string(reason)})
	if _, err := a.slack.Say("curie", who, "help"); err != nil {
		a.t.Error(err)
	}
	await(a.t, "a refusal in the log", func() bool { return refusals() > before })
}

// escaped is a text as part of a path.
func escaped(text string) string {
	return strings.NewReplacer(`"`, "%22", `\`, "%5C", "&", "%26", " ", "%20", "/", "%2F").Replace(text)
}

// page is what a public page answers, without the canary where the one who asked
// said it: a page may say what was asked for.
func (a *aviary) page(address, canary string) string {
	a.t.Helper()
	_, body := ask(a.t, address)
	return strings.ReplaceAll(body, escaped(canary), "")
}

// storeRefuses has the store forget the bot's password, and lets it in again.
func (a *aviary) storeRefuses() {
	a.t.Helper()
	const password = `"can\"ary\\of&the store"`
	a.tells("AUTH "+password, "CONFIG SET requirepass another", "CLIENT KILL TYPE normal SKIPME yes")
	if _, err := a.slack.Say("curie", "ana", "me"); err != nil {
		a.t.Error(err)
	}
	await(a.t, "a refusal in the log", func() bool { return strings.Contains(a.log.String(), "WRONGPASS") })
	a.tells("AUTH another", "CONFIG SET requirepass "+password)
}

// tells sends the store commands by one connection.
func (a *aviary) tells(lines ...string) {
	a.t.Helper()
	conn, err := net.Dial("tcp", a.redis)
	if err != nil {
		a.t.Fatal(err)
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for _, line := range lines {
		_, err := fmt.Fprintf(conn, "%s\r\n", line)
		if err != nil {
			a.t.Fatal(err)
		}
		if answer, err := answers.ReadString('\n'); err != nil || answer[0] == '-' {
			a.t.Fatalf("%s: %s, %v", line, answer, err)
		}
	}
}

// asked is what an operator's commands print and write.
func (a *aviary) asked() {
	a.t.Helper()
	folder := a.t.TempDir()
	for _, words := range []string{
		"check", "check --json", "verify", "jobs list", "jobs held", "export backup", "export forgotten", "export ics", "export json " + folder + "/j",
		"export csv " + folder + "/c.zip", "export crate " + folder + "/r.zip", "export bibtex " + folder + "/b.zip", "manifest slack", "manifest discord",
		"console --script " + folder + "/" + a.canaries["Slack's bot token"],
	} {
		out, errs, _ := program(a.t, "", append([]string{"-c", a.file}, strings.Fields(words)...)...)
		if out+errs == "" && words != "export forgotten" { // nobody is
			a.t.Errorf("interlab %s says nothing", words)
		}
		a.heard["interlab "+strings.Join(strings.Fields(words)[:min(2, len(strings.Fields(words)))], " ")] = out + errs
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 3 {
		a.t.Fatalf("the exports are %v, %v", files, err)
	}
	kept, err := filepath.Glob(filepath.Join(a.folder, "appendonlydir", "*"))
	if err != nil || len(kept) == 0 {
		a.t.Fatalf("the files of the store are %v, %v", kept, err)
	}
	for _, file := range files {
		kept = append(kept, filepath.Join(folder, file.Name()))
	}
	for _, path := range kept {
		text, err := os.ReadFile(path)
		if err != nil {
			a.t.Fatal(err)
		}
		a.heard["the file "+filepath.Base(path)] = string(text) + unzipped(text)
	}
}

// unzipped is all that is in a zip; nothing of what is none.
func unzipped(data []byte) (all string) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			return all
		}
		text, _ := io.ReadAll(r) // what cannot be read tells nothing
		_ = r.Close()
		all += f.Name + "\n" + string(text)
	}
	return all
}

// responseURL is an address that answers go to: a token by itself.
var responseURL = regexp.MustCompile(`/hooks/[A-Za-z0-9-]+`)

// No secret of the settings, of a platform or of a person stands in a log, in an
// error, among figures, on a page, in an export, in a backup or in what a command
// prints, whatever goes wrong.
func TestNoSecretIsToldAnywhere(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "console"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			a := newAviary(t, format)
			a.serving(func(private, public string) {
				a.hatch()
				a.alarm(private, public)
			})
			a.asked()
			for _, where := range slices.Sorted(maps.Keys(a.heard)) {
				text := a.heard[where]
				for name, canary := range a.canaries {
					for _, form := range []string{canary, url.QueryEscape(canary), strconv.Quote(canary)[1:]} {
						if at := strings.Index(text, form); at >= 0 {
							t.Errorf("%s stands in %s: %s", name, where, text[max(0, at-100):min(len(text), at+len(form)+50)])
						}
					}
				}
				if found := responseURL.FindString(text); found != "" {
					t.Errorf("a response_url stands in %s: %s", where, found)
				}
			}
			for where, want := range map[string]string{"the log": "[secret]", "interlab console --script": "[secret]", "/metrics": "interlab_envelopes_total", "interlab export backup": "\"hash\""} {
				if !strings.Contains(a.heard[where], want) {
					t.Errorf("%s has no %q, so that nothing was tried:\n%.4000s", where, want, a.heard[where])
				}
			}
		})
	}
}
