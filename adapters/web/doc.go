// Package web is the window on a network. What only the operator's machines may
// reach is here: whether the program lives and can serve, and its figures.
//
// Its rule: nothing secret, nothing that a person typed and no person's name
// reaches a page or a figure of the private listener, and a page costs the
// store one round trip at most.
package web
