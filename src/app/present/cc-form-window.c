/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-form-window.h"

#include "cc-error-presenter.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-scroll.h"

/* What fits on the screens of the oldest computers. */
#define HIGHEST 600

typedef struct
{
  CcMessageCard *card;
  GtkWidget     *blamed; /* the row that the card is about */
  gboolean       busy;
  gboolean       gone; /* with its parent, while the work went on */
} CcFormWindowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcFormWindow, cc_form_window, ADW_TYPE_WINDOW)

#define GET_PRIVATE(self)                                                                          \
  ((CcFormWindowPrivate *) cc_form_window_get_instance_private (CC_FORM_WINDOW (self)))

typedef struct
{
  CcFormWindow  *window;
  GDestroyNotify free_result;
} Work;

static void
blame (CcFormWindow *self, GtkWidget *row)
{
  CcFormWindowPrivate *priv = GET_PRIVATE (self);

  if (priv->blamed != NULL)
    cc_password_row_mark_error (priv->blamed, FALSE);
  priv->blamed = row;
  if (row == NULL)
    return;
  cc_password_row_mark_error (row, TRUE);
  gtk_widget_grab_focus (row);
}

static void
refresh (CcFormWindow *self)
{
  CC_FORM_WINDOW_GET_CLASS (self)->refresh (self);
}

/* A message that came into a window of the size of its fields makes it higher, as far as that is
 * no trouble on a small screen; there it is scrolled to. */
static void
make_room (CcFormWindow *self)
{
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  int       wanted;
  int       across;
  int       along;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL,
                      gtk_widget_get_width (GTK_WIDGET (self)), NULL, &wanted, NULL, NULL);
  /* Its own size counts what is drawn around it, too. */
  gtk_window_get_default_size (GTK_WINDOW (self), &across, &along);
  wanted = MIN (wanted, HIGHEST);
  if (wanted > height)
    gtk_window_set_default_size (GTK_WINDOW (self), across, along + wanted - height);
  cc_scroll_to (GTK_WIDGET (GET_PRIVATE (self)->card));
}

void
cc_form_window_show_message (CcFormWindow *self, const char *message)
{
  cc_message_card_show (GET_PRIVATE (self)->card, message);
  if (message != NULL)
    make_room (self);
}

void
cc_form_window_show_error (CcFormWindow *self, const GError *error)
{
  CcFormWindowClass *klass = CC_FORM_WINDOW_GET_CLASS (self);
  g_autofree char   *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = cc_describe_error (error);
  blame (self, klass->blame != NULL ? klass->blame (self, error, &text) : NULL);
  cc_form_window_show_message (self, text);
}

gboolean
cc_form_window_is_busy (CcFormWindow *self)
{
  g_return_val_if_fail (CC_IS_FORM_WINDOW (self), FALSE);
  return GET_PRIVATE (self)->busy;
}

void
cc_form_window_changed (CcFormWindow *self)
{
  blame (self, NULL);
  cc_form_window_show_message (self, NULL);
  refresh (self);
}

void
cc_form_window_accept (CcFormWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), CC_FORM_WINDOW_GET_CLASS (self)->accept_action,
                              NULL);
}

void
cc_form_window_bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, cc_form_window_changed);
  gtk_widget_class_bind_template_callback (widget_class, cc_form_window_accept);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Work *work = user_data;
  g_autoptr (CcFormWindow) self = work->window;
  g_autoptr (GError) error = NULL;
  gpointer value = cc_job_run_finish (result, &error);

  if (GET_PRIVATE (self)->gone)
    {
      if (value != NULL)
        work->free_result (value);
      return;
    }
  GET_PRIVATE (self)->busy = FALSE;
  if (error == NULL)
    CC_FORM_WINDOW_GET_CLASS (self)->done (self, value);
  else
    cc_form_window_show_error (self, error);
  if (!GET_PRIVATE (self)->gone)
    refresh (self);
}

void
cc_form_window_run (CcFormWindow  *self,
                    const char    *title,
                    CcJobFunc      func,
                    gpointer       data,
                    GDestroyNotify free_data,
                    GDestroyNotify free_result)
{
  Work *work = g_new0 (Work, 1);

  g_return_if_fail (CC_IS_FORM_WINDOW (self) && !GET_PRIVATE (self)->busy);
  work->window = g_object_ref (self);
  work->free_result = free_result;
  GET_PRIVATE (self)->busy = TRUE;
  cc_form_window_changed (self);
  cc_job_run_async (GTK_WIDGET (self), title, func, data, free_data, free_result, on_done, work);
}

void
cc_form_window_set_card (CcFormWindow *self, CcMessageCard *card)
{
  g_return_if_fail (CC_IS_FORM_WINDOW (self) && CC_IS_MESSAGE_CARD (card));
  GET_PRIVATE (self)->card = card;
}

static void
cc_form_window_dispose (GObject *object)
{
  GET_PRIVATE (object)->gone = TRUE;
  G_OBJECT_CLASS (cc_form_window_parent_class)->dispose (object);
}

static void
cc_form_window_class_init (CcFormWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_form_window_dispose;
  g_type_ensure (CC_TYPE_MESSAGE_CARD);
}

static void
cc_form_window_init (CcFormWindow *self)
{
}
