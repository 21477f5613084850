/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-job.h"
#include "widgets/cc-message-card.h"

G_BEGIN_DECLS

#define CC_TYPE_FORM_WINDOW (cc_form_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcFormWindow, cc_form_window, CC, FORM_WINDOW, AdwWindow)

/* A window with a form that ends in one piece of long work: rows in which something is typed, a
 * card for what went wrong, one button that begins. */
struct _CcFormWindowClass
{
  AdwWindowClass parent_class;

  /* The action of that button: Enter in a row begins, too. */
  const char *accept_action;

  /* What is typed changed, or the work began or ended. */
  void (*refresh) (CcFormWindow *self);

  /* The work ended well. result: (transfer full). */
  void (*done) (CcFormWindow *self, gpointer result);

  /* (nullable): the row that an error is about, which is marked and gets the keyboard; NULL where
   * it is about none. text: (inout) (transfer full): what is said, to be replaced where the window
   * knows better. */
  GtkWidget *(*blame) (CcFormWindow *self, const GError *error, char **text);
};

/* card: of the template. */
void cc_form_window_set_card (CcFormWindow *self, CcMessageCard *card);

/* For the signals of the rows, in templates: "changed" and "entry-activated". */
void cc_form_window_changed (CcFormWindow *self);
void cc_form_window_accept (CcFormWindow *self);
void cc_form_window_bind_callbacks (GtkWidgetClass *widget_class);

void     cc_form_window_show_message (CcFormWindow *self, const char *message);
void     cc_form_window_show_error (CcFormWindow *self, const GError *error);
gboolean cc_form_window_is_busy (CcFormWindow *self);

/* Runs the work; an error is told on the card and the form stays as it was typed. */
void cc_form_window_run (CcFormWindow  *self,
                         const char    *title,
                         CcJobFunc      func,
                         gpointer       data,
                         GDestroyNotify free_data,
                         GDestroyNotify free_result);

G_END_DECLS
