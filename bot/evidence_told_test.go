package bot

import "testing"

func TestANoticeOfAPieceNamesItsRevision(t *testing.T) {
	t.Parallel()
	for notice, want := range map[string]struct {
		name   string
		n, rev int
	}{
		joinID(noticeAdded, 3, 12):   {noticeAdded, 3, 12},
		numbered(noticeAdded, 3):     {noticeAdded, 3, 0}, // planned before revisions were told
		numbered(noticeConfirmed, 7): {noticeConfirmed, 7, 0},
		joinID(noticeCredited, 2):    {noticeCredited, 2, 0},
		noticeAdded:                  {noticeAdded, 0, 0},
		noticeAdded + ".one.two":     {noticeAdded, 0, 0},
	} {
		name, n, rev := pieceNotice(notice)
		if name != want.name || n != want.n || rev != want.rev {
			t.Errorf("pieceNotice(%q) = %q, %d, %d, want %q, %d, %d", notice, name, n, rev, want.name, want.n, want.rev)
		}
	}
}
