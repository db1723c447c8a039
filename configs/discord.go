package configs

import (
	"net/url"
	"regexp"
	"strconv"
)

// Discord says which bot the network has on Discord.
type Discord struct {
	// APIURL is another host for REST and, through that, the gateway, as for
	// tests; it ends with the version. Empty means Discord itself.
	APIURL string
	// Token is the bot's; empty where the network has none on Discord.
	Token Secret
	// Guilds are the ids of the only servers that get the commands, for trying;
	// empty means all.
	Guilds []string
	// Shards is how many connections share the servers: 1 to 1,000.
	Shards int
}

// maxShards bounds the connections to what one replica may sensibly hold.
const maxShards = 1000

// discord checks the settings under "discord".
func (s *sources) discord() Discord {
	token, _ := s.secret("discord.token", "INTERLAB_DISCORD_TOKEN", "token")
	if token.text != "" && !regexp.MustCompile(`^[A-Za-z0-9_.=-]+$`).MatchString(token.text) {
		s.found.add(token.where, "is no token; copy it from the Bot page of the application, without \"Bot\" in front")
	}
	return Discord{APIURL: s.discordURL(), Token: NewSecret(token.text), Guilds: s.guilds(), Shards: s.shards()}
}

func (s *sources) discordURL() string {
	v, ok := s.text("discord.api_url", "")
	if !ok {
		return ""
	}
	u, err := url.Parse(v.text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.RawQuery != "" {
		s.found.add(v.where, "is no address of an API; write https://HOST/api/v10, or leave it out")
	}
	return v.text
}

func (s *sources) guilds() []string {
	var ids []string
	for _, v := range s.file["discord.guilds"] {
		if !regexp.MustCompile(`^[0-9]{1,20}$`).MatchString(v.text) {
			s.found.add(v.where, "%q is no id of a server; write the number under Copy Server ID", v.text)
		}
		ids = append(ids, v.text)
	}
	return ids
}

func (s *sources) shards() int {
	v, ok := s.text("discord.shards", "")
	if !ok {
		return 1
	}
	n, err := strconv.Atoi(v.text)
	if err != nil || n < 1 || n > maxShards {
		s.found.add(v.where, "%q is no number of connections; write 1 to %d", v.text, maxShards)
	}
	return n
}
