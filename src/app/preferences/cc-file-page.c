/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-file-page.h"

typedef struct
{
  CcSession    *session;
  GCancellable *cancellable; /* of loading */
} CcFilePagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcFilePage, cc_file_page, ADW_TYPE_PREFERENCES_PAGE)

#define GET_PRIVATE(self)                                                                          \
  ((CcFilePagePrivate *) cc_file_page_get_instance_private (CC_FILE_PAGE (self)))

static void
stop_loading (CcFilePagePrivate *priv)
{
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
}

void
cc_file_page_set_session (gpointer self, CcSession *session)
{
  CcFilePagePrivate *priv = GET_PRIVATE (self);

  if (session != NULL)
    cc_session_ref (session);
  g_clear_pointer (&priv->session, cc_session_unref);
  priv->session = session;
}

CcSession *
cc_file_page_get_session (gpointer self)
{
  return GET_PRIVATE (self)->session;
}

gboolean
cc_file_page_can_write (gpointer self)
{
  const CcFilePagePrivate *priv = GET_PRIVATE (self);

  return priv->session != NULL && !cc_session_is_read_only (priv->session);
}

gboolean
cc_file_page_is_shown (gpointer self)
{
  return GET_PRIVATE (self)->session != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
}

GCancellable *
cc_file_page_begin_loading (gpointer self)
{
  CcFilePagePrivate *priv = GET_PRIVATE (self);

  stop_loading (priv);
  priv->cancellable = g_cancellable_new ();
  return priv->cancellable;
}

void
cc_file_page_add_row (AdwPreferencesGroup *group, GPtrArray *rows, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

void
cc_file_page_clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

void
cc_file_page_set_subtitle (AdwActionRow *row, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, escaped);
}

static void
cc_file_page_dispose (GObject *object)
{
  CcFilePagePrivate *priv = GET_PRIVATE (object);

  stop_loading (priv);
  g_clear_pointer (&priv->session, cc_session_unref);
  G_OBJECT_CLASS (cc_file_page_parent_class)->dispose (object);
}

static void
cc_file_page_map (GtkWidget *widget)
{
  gtk_widget_set_visible (gtk_widget_get_first_child (widget), TRUE);
  GTK_WIDGET_CLASS (cc_file_page_parent_class)->map (widget);
}

static void
cc_file_page_class_init (CcFilePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_file_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = cc_file_page_map;
}

/* The window measures all of its pages when it opens: what is in this one gets its looks when
 * somebody turns to it. */
static void
cc_file_page_init (CcFilePage *self)
{
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self)), FALSE);
}
