package configs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rs/zerolog"

	"interlab/configs"
)

// holder has a secret where fmt can call no method of it.
type holder struct {
	secret configs.Secret
	others []configs.Secret
}

func TestSecretShowsInNoFormOfPrint(t *testing.T) {
	t.Parallel()
	secret := configs.NewSecret("hunter2")
	settings := configs.Settings{Redis: configs.Redis{Password: secret}}
	for _, form := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%T", "%10.2s", "%!"} {
		for _, subject := range []any{
			secret, &secret, settings, &settings,
			[]configs.Secret{secret},
			map[string]configs.Secret{"a": secret},
			holder{secret, []configs.Secret{secret}},
			&holder{secret: secret},
		} {
			got := fmt.Sprintf(form, subject)
			if strings.Contains(got, "hunter2") || strings.Contains(got, fmt.Sprintf("%x", "hunter2")) {
				t.Errorf("Sprintf(%s, %T) = %s, want no secret in it", form, subject, got)
			}
		}
	}
	for _, form := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if got := fmt.Sprintf(form, secret); got != "[secret]" {
			t.Errorf("Sprintf(%s, secret) = %s, want [secret]", form, got)
		}
	}
	if got := secret.String(); got != "[secret]" {
		t.Errorf("String() = %s, want [secret]", got)
	}
}

func TestSecretShowsInNoEncoding(t *testing.T) {
	t.Parallel()
	settings := configs.Settings{Redis: configs.Redis{Password: configs.NewSecret("hunter2")}}
	encodings := map[string]func() ([]byte, error){
		"JSON": func() ([]byte, error) { return json.Marshal(settings) },
		"YAML": func() ([]byte, error) { return yaml.Marshal(settings) },
		"zerolog": func() ([]byte, error) {
			var line bytes.Buffer
			logger := zerolog.New(&line)
			logger.Info().Interface("settings", settings).Stringer("one", settings.Redis.Password).
				Any("two", settings.Redis.Password).Fields(map[string]any{"three": settings}).Send()
			return line.Bytes(), nil
		},
		"slog": func() ([]byte, error) {
			var line bytes.Buffer
			slog.New(slog.NewTextHandler(&line, nil)).Info("loaded", "settings", settings, "one", settings.Redis.Password)
			return line.Bytes(), nil
		},
	}
	for name, encode := range encodings {
		got, err := encode()
		if err != nil {
			t.Errorf("%s of the settings failed: %v", name, err)
		}
		if bytes.Contains(got, []byte("hunter2")) || !bytes.Contains(got, []byte("[secret]")) {
			t.Errorf("%s of the settings = %s, want [secret] and no secret", name, got)
		}
	}
}

func TestSecretTellsOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	if got := configs.NewSecret("hunter2").Reveal(); got != "hunter2" {
		t.Errorf("NewSecret(%q).Reveal() = %q", "hunter2", got)
	}
	if got := (configs.Secret{}).Reveal(); got != "" {
		t.Errorf("Secret{}.Reveal() = %q, want nothing", got)
	}
}
