/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One run over the window, told in TAP: a line for each view. */
typedef struct
{
  const char *demo;       /* folder of casecount-cli demo */
  const char *passphrase; /* of its case files */
  GtkWidget  *window;
  GHashTable *seen;   /* names of our classes that were shown when a view was looked at */
  GHashTable *opened; /* buttons and rows whose menus were looked at */
  guint       n_checks;
  guint       n_failed;
  guint       n_asked; /* widgets whose names were looked at */
  gint64      told;    /* monotonic time of the last line */
} Sweep;

typedef void (*SweepFunc) (Sweep *self);

Sweep *sweep_new (const char *demo, const char *passphrase);
void   sweep_free (Sweep *self);

/* Tells one line; problems are listed below it. */
void sweep_tell (Sweep *self, const char *what, GPtrArray *problems);
void sweep_fail (Sweep *self, const char *what, const char *problem);

/* Looks at what is in front, the window or a dialog: names, Tab and Shift+Tab, and the menus, lists
 * and popovers that open from it. */
void sweep_view (Sweep *self, const char *what);

/* The window in front: the newest dialog, or the main window. */
GtkWidget *sweep_get_front (Sweep *self);

/* Looks at the dialog that is now in front, closes it by Escape and asks that the keys come back to
 * opener, where one is given. Fails where no dialog came. */
void sweep_dialog (Sweep *self, const char *what, GtkWidget *opener);

/* The same for a popover of our own that is open now. */
void sweep_popover (Sweep *self, const char *what, GtkWidget *popover);

/* Presses a button that opens a dialog: gives it the keys, then Return. */
void sweep_press (Sweep *self, GtkWidget *opener);

/* A mapped widget of a class, by its name ("CcShell"); with an id of the template where not NULL.
 */
GtkWidget *sweep_find (Sweep *self, const char *type_name, const char *id);

/* A mapped, sensitive button, menu button or row with an action of this name. */
GtkWidget *sweep_find_action (Sweep *self, const char *action);

/* Fails the view where the action does not exist or is off. */
void sweep_activate (Sweep *self, const char *action, GVariant *target);
