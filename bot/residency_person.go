package bot

import "errors"

// repointApplication puts the other person into an application. Where they have
// applied to the same opening already, or lead the lab now, it is taken back.
func repointApplication(_ *App, tx *Tx, app *Application, _ string, to *Person) error {
	pair := applicationPair(app.Opening, to.ID)
	taken := tx.plans(pair)
	_, err := owner[*Application](tx, pair)
	if errors.Is(err, errNotFound) && !taken {
		app.Person = to.ID
		return nil
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	if err := release(tx, app, AppDeclined); err != nil {
		return err
	}
	tx.remove(app.Ref())
	return nil
}

func repointOpening(_ *App, _ *Tx, o *Opening, _ string, to *Person) error {
	o.By = to.ID
	return nil
}

func repointPlacement(_ *App, _ *Tx, p *Placement, _ string, to *Person) error {
	p.By = to.ID
	return nil
}

// leaveResidencies takes the person's applications back and frees their places;
// openings and placements forget them.
func (rq *request) leaveResidencies() error {
	apps, err := rq.applications()
	if err != nil {
		return err
	}
	for _, listed := range apps {
		app, err := load[*Application](rq.tx, KindApplication, listed.ID)
		if err != nil {
			return err
		}
		if err := rq.spoil(app.Lot.Run); err != nil {
			return err
		}
		if err := release(rq.tx, app, AppDeclined); err != nil {
			return err
		}
		rq.tx.remove(app.Ref())
	}
	for _, index := range []string{openingsBy, placementsBy} {
		docs, err := listAll[Document](rq.tx, index+rq.me.ID)
		if err != nil {
			return err
		}
		for _, listed := range docs {
			doc, err := load[Document](rq.tx, listed.Ref().Kind, listed.Ref().ID)
			if err != nil {
				return err
			}
			switch doc := doc.(type) {
			case *Opening:
				doc.By = ""
			case *Placement:
				doc.By = ""
			}
			rq.tx.put(doc)
		}
	}
	return nil
}
