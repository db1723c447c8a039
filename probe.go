package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"strconv"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/discord"
	"interlab/adapters/redis"
	"interlab/adapters/slack"
	"interlab/bot/chat/desk"
	"interlab/calendar"
	"interlab/configs"
)

// probe looks at what the settings name.
func probe(ctx context.Context, s configs.Settings) []cli.Finding {
	findings := []cli.Finding{probeZones(s), probeAliases(s)}
	findings = append(findings, probeOrganisers(s))
	findings = append(append(findings, probeStore(ctx, s)...), probeModes(s)...)
	return append(append(findings, probeListeners(ctx, s)...), probePlatforms(ctx, s)...)
}

// probeOrganisers says how many organisers the settings name.
func probeOrganisers(s configs.Settings) cli.Finding {
	if n := len(s.Network.Organisers); n > 0 {
		return cli.Finding{Grade: cli.OK, What: "organisers", Found: strconv.Itoa(n) + " named"}
	}
	return cli.Finding{
		Grade: cli.Warning, What: "organisers", Found: "none named",
		Advice: "name at least one account under network.organisers, or nobody can add a lab",
	}
}

// probeAliases reads the topic aliases.
func probeAliases(s configs.Settings) cli.Finding {
	finding := cli.Finding{Grade: cli.OK, What: "topic aliases", Found: "those of the program"}
	if s.AliasesFile != "" {
		finding.Found = s.AliasesFile
	}
	if _, err := aliases(s); err != nil {
		finding = cli.Finding{Grade: cli.Failure, What: "topic aliases", Found: err.Error(), Advice: "correct the file under aliases_file, or leave that out"}
	}
	return finding
}

// probeWire says whether others could read along between the bot and its store.
func probeWire(s configs.Settings) cli.Finding {
	finding := cli.Finding{Grade: cli.OK, What: "store connection", Found: "within this machine"}
	if s.Redis.Embedded() {
		return finding
	}
	address, err := configs.ParseAddress(s.Redis.URL)
	if err != nil {
		return cli.Finding{Grade: cli.Failure, What: "store connection", Found: "redis.url " + err.Error(), Advice: "correct redis.url"}
	}
	if address.TLS {
		finding.Found = "encrypted, and the server's certificate is checked"
		return finding
	}
	for _, host := range address.Hosts {
		if !onThisMachine(host) {
			return cli.Finding{
				Grade: cli.Warning, What: "store connection", Found: "not encrypted, to " + host,
				Advice: "use a scheme that begins with rediss (TLS), unless only the two machines share that network",
			}
		}
	}
	return finding
}

// onThisMachine reports whether HOST:PORT is reached without a network.
func onThisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// storeAdvice is what to do about a store that does not open.
func storeAdvice(s configs.Settings, err error) string {
	switch {
	case !s.Redis.Embedded():
		return "see that it runs and that redis.url, redis.username and redis.password_file are its own, or leave redis.url out for a server of the bot's own"
	case errors.Is(err, redis.ErrNoServer):
		return "install redis-server or valkey-server, or name a running one under redis.url"
	case errors.Is(err, fs.ErrPermission):
		return "give " + s.Redis.Data + " to the user that the bot runs as, and run the check as that user"
	}
	return "see that " + s.Redis.Data + " is a folder of this machine's own disk, or name another one under redis.data"
}

func probeStore(ctx context.Context, s configs.Settings) []cli.Finding {
	open := func() (*redis.Running, error) {
		return redis.Embed(ctx, redis.EmbedOptions{Dir: s.Redis.Data, Network: s.Network.ID})
	}
	finding := cli.Finding{Grade: cli.OK, What: "store", Found: "embedded, in " + s.Redis.Data}
	if !s.Redis.Embedded() {
		open = func() (*redis.Running, error) { return redis.Remote(ctx, remote(s)) }
		finding.Found = "remote"
	}
	store, err := open()
	if err != nil {
		return []cli.Finding{{Grade: cli.Failure, What: "store", Found: err.Error(), Advice: storeAdvice(s, err)}}
	}
	defer store.Close() //nolint:errcheck // only looked at
	findings := []cli.Finding{finding, probeWire(s), probeKeys(ctx, s, store)}
	for _, f := range store.Inspect(ctx) {
		findings = append(findings, cli.Finding{Grade: graded(f.Bad, f.Advice), What: "store " + f.What, Found: f.Found, Advice: f.Advice})
	}
	return findings
}

// probePlatforms looks at what the settings name of the platforms.
func probePlatforms(ctx context.Context, s configs.Settings) []cli.Finding {
	if len(s.Slack.Workspaces) == 0 && s.Discord.Token.Reveal() == "" {
		return []cli.Finding{{
			Grade: cli.Warning, What: "platforms", Found: "none named",
			Advice: "name a workspace under slack.workspaces or a bot under discord.token_file, or nobody can talk to the bot; README.md says how to install it",
		}}
	}
	var findings []cli.Finding
	for _, f := range append(slack.Check(ctx, slackOptions(s, zerolog.Nop())), probeDiscord(ctx, s)...) {
		findings = append(findings, cli.Finding{Grade: graded(f.Bad, f.Advice), What: f.What, Found: f.Found, Advice: f.Advice})
	}
	return findings
}

func probeDiscord(ctx context.Context, s configs.Settings) []desk.Finding {
	if s.Discord.Token.Reveal() == "" {
		return nil
	}
	a, err := discord.New(discordOptions(s, zerolog.Nop()))
	if err != nil {
		return []desk.Finding{{What: "discord", Found: err.Error(), Advice: "correct the settings under discord", Bad: true}}
	}
	return a.Check(ctx)
}

// graded is how bad something is that an adapter found.
func graded(bad bool, advice string) cli.Grade {
	switch {
	case bad:
		return cli.Failure
	case advice != "":
		return cli.Warning
	}
	return cli.OK
}

// probeZones says of which release the zone data are. Rules that are older than
// those in the program are hardly meant.
func probeZones(s configs.Settings) cli.Finding {
	set, err := zones(s.ZoneData)
	if err != nil {
		return cli.Finding{Grade: cli.Failure, What: "zone data", Found: err.Error(), Advice: "name another folder under zone_data, or leave it out"}
	}
	finding := cli.Finding{Grade: cli.OK, What: "zone data", Found: set.Version()}
	if s.ZoneData == "" {
		return finding
	}
	finding.Found += ", in " + s.ZoneData
	if built := calendar.Pinned().Version(); set.Version() < built {
		finding.Grade = cli.Warning
		finding.Advice = "the program carries " + built + ", which is newer; leave zone_data out"
	}
	return finding
}
