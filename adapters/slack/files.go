package slack

import (
	"bytes"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// share uploads files and shows them in a channel, below a text if there is one.
// https://docs.slack.dev/messaging/working-with-files#upload
func (w *workspace) share(ctx context.Context, channel, thread string, files []chat.Attachment, text chat.Text) error {
	if len(files) == 0 {
		return nil
	}
	uploaded := make([]slack.FileSummary, len(files))
	for i, file := range files {
		id, err := w.upload(ctx, file)
		if err != nil {
			return fmt.Errorf("upload file %d: %w", i+1, err)
		}
		uploaded[i] = slack.FileSummary{ID: id, Title: chat.ShownLine(file.Name)}
	}
	_, err := w.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files: uploaded, Channel: channel, ThreadTimestamp: thread, Blocks: slack.Blocks{BlockSet: body([]chat.Text{text}, "")},
	})
	if err != nil {
		return fmt.Errorf("share %d files: %w", len(files), failure(err, chat.ErrGone))
	}
	return nil
}

// upload hands one file's bytes to Slack, where nobody sees them yet.
func (w *workspace) upload(ctx context.Context, file chat.Attachment) (id string, err error) {
	target, err := w.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
		FileName: chat.ShownLine(file.Name), FileSize: len(file.Data), AltTxt: chat.Shown(file.Alt),
	})
	if err != nil {
		return "", failure(err, chat.ErrGone)
	}
	err = w.api.UploadToURL(ctx, slack.UploadToURLParameters{
		UploadURL: target.UploadURL, Reader: bytes.NewReader(file.Data), Filename: chat.ShownLine(file.Name),
	})
	return target.FileID, failure(err, chat.ErrGone)
}
