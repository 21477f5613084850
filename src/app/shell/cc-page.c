/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-page.h"

typedef struct
{
  CcSession  *session;
  GtkWidget  *toolbar;
  GHashTable *actions; /* prefix to GActionGroup */
  char       *title;
  char       *subtitle;
  gboolean    can_go_back;
  gboolean    stale;
} CcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcPage, cc_page, ADW_TYPE_BIN)

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_CAN_GO_BACK,
  PROP_TOOLBAR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
cc_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CcPagePrivate *priv = cc_page_get_instance_private (CC_PAGE (object));

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, priv->can_go_back);
      break;
    case PROP_TOOLBAR:
      g_value_set_object (value, priv->toolbar);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
cc_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CcPage        *self = CC_PAGE (object);
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  switch (id)
    {
    case PROP_TITLE:
      cc_page_set_title (self, g_value_get_string (value), priv->subtitle);
      break;
    case PROP_SUBTITLE:
      cc_page_set_title (self, priv->title, g_value_get_string (value));
      break;
    case PROP_CAN_GO_BACK:
      cc_page_set_can_go_back (self, g_value_get_boolean (value));
      break;
    case PROP_TOOLBAR:
      cc_page_set_toolbar (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
cc_page_dispose (GObject *object)
{
  CcPagePrivate *priv = cc_page_get_instance_private (CC_PAGE (object));

  g_clear_pointer (&priv->session, cc_session_unref);
  g_clear_object (&priv->toolbar);
  g_clear_pointer (&priv->actions, g_hash_table_unref);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  G_OBJECT_CLASS (cc_page_parent_class)->dispose (object);
}

static void
cc_page_class_init (CcPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cc_page_get_property;
  object_class->set_property = cc_page_set_property;
  object_class->dispose = cc_page_dispose;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  properties[PROP_TOOLBAR] = g_param_spec_object ("toolbar", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cc_page_init (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  priv->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * Gives the page its case file; NULL takes it away. It is loaded when the page is shown.
 */
void
cc_page_set_session (CcPage *self, CcSession *session)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (session != NULL)
    cc_session_ref (session);
  g_clear_pointer (&priv->session, cc_session_unref);
  priv->session = session;
  priv->stale = TRUE;
}

/**
 * Returns: (transfer none) (nullable): the case file
 */
CcSession *
cc_page_get_session (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_val_if_fail (CC_IS_PAGE (self), NULL);
  return priv->session;
}

/**
 * Notes that what the page shows is not the present state of the file.
 */
void
cc_page_mark_stale (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  priv->stale = TRUE;
}

/**
 * Loads the page if it is stale.
 */
void
cc_page_load (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (priv->stale)
    cc_page_refresh (self);
}

/**
 * Loads the page again; without a session nothing happens.
 */
void
cc_page_refresh (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (priv->session == NULL)
    return;
  priv->stale = FALSE;
  CC_PAGE_GET_CLASS (self)->refresh (self, priv->session);
}

void
cc_page_open_target (CcPage *self, const char *target)
{
  g_return_if_fail (CC_IS_PAGE (self) && target != NULL);
  if (CC_PAGE_GET_CLASS (self)->open_target != NULL && cc_page_get_session (self) != NULL)
    CC_PAGE_GET_CLASS (self)->open_target (self, target);
}

void
cc_page_go_back (CcPage *self)
{
  g_return_if_fail (CC_IS_PAGE (self));
  if (CC_PAGE_GET_CLASS (self)->go_back != NULL && cc_page_get_can_go_back (self))
    CC_PAGE_GET_CLASS (self)->go_back (self);
}

/**
 * Returns: FALSE where the page takes no files
 */
gboolean
cc_page_open_files (CcPage *self)
{
  g_return_val_if_fail (CC_IS_PAGE (self), FALSE);
  return CC_PAGE_GET_CLASS (self)->open_files != NULL
         && CC_PAGE_GET_CLASS (self)->open_files (self);
}

/**
 * Returns: whether something was entered that is in no file yet
 */
gboolean
cc_page_has_unsaved (CcPage *self)
{
  g_return_val_if_fail (CC_IS_PAGE (self), FALSE);
  return CC_PAGE_GET_CLASS (self)->has_unsaved != NULL
         && CC_PAGE_GET_CLASS (self)->has_unsaved (self);
}

/**
 * Asks what to do with what is unsaved; the page must be the visible one.
 *
 * go_on: called when it is saved or given up; never where the user wants to go on with it
 */
void
cc_page_ask_unsaved (CcPage *self, CcPageFunc go_on, gpointer user_data)
{
  g_return_if_fail (CC_IS_PAGE (self) && CC_PAGE_GET_CLASS (self)->ask_unsaved != NULL);
  CC_PAGE_GET_CLASS (self)->ask_unsaved (self, go_on, user_data);
}

/**
 * Saves without asking what can be stored of what is unsaved.
 */
void
cc_page_keep_unsaved (CcPage *self)
{
  g_return_if_fail (CC_IS_PAGE (self));
  if (cc_page_has_unsaved (self))
    CC_PAGE_GET_CLASS (self)->keep_unsaved (self);
}

CcKept
cc_page_get_kept (CcPage *self)
{
  g_return_val_if_fail (CC_IS_PAGE (self), CC_KEPT_NOTHING);
  return CC_PAGE_GET_CLASS (self)->get_kept != NULL ? CC_PAGE_GET_CLASS (self)->get_kept (self)
                                                    : CC_KEPT_NOTHING;
}

/**
 * Returns: how many files wait on the page and are forgotten with it
 */
guint
cc_page_count_waiting (CcPage *self)
{
  g_return_val_if_fail (CC_IS_PAGE (self), 0);
  return CC_PAGE_GET_CLASS (self)->count_waiting != NULL
             ? CC_PAGE_GET_CLASS (self)->count_waiting (self)
             : 0;
}

void
cc_page_tell_forgotten (CcPage *self, guint n)
{
  g_return_if_fail (CC_IS_PAGE (self));
  if (CC_PAGE_GET_CLASS (self)->tell_forgotten != NULL)
    CC_PAGE_GET_CLASS (self)->tell_forgotten (self, n);
}

/**
 * Takes away a part of a page that nobody sees or uses any more: one with long lists would hold up
 * the window if it went at once.
 *
 * Returns: FALSE where the rest can go at once
 */
gboolean
cc_page_take_apart (CcPage *self)
{
  g_return_val_if_fail (CC_IS_PAGE (self), FALSE);
  return CC_PAGE_GET_CLASS (self)->take_apart != NULL
         && CC_PAGE_GET_CLASS (self)->take_apart (self);
}

/**
 * Names the view that is shown inside the page.
 *
 * title: (nullable): NULL for the page's own title
 * subtitle: (nullable): nothing personal stands here: others see headers, and screenshots carry
 *   them
 */
void
cc_page_set_title (CcPage *self, const char *title, const char *subtitle)
{
  CcPagePrivate   *priv = cc_page_get_instance_private (self);
  g_autofree char *new_title = g_strdup (title);
  g_autofree char *new_subtitle = g_strdup (subtitle);

  g_return_if_fail (CC_IS_PAGE (self));
  if (g_strcmp0 (priv->title, title) != 0)
    {
      g_free (priv->title);
      priv->title = g_steal_pointer (&new_title);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
    }
  if (g_strcmp0 (priv->subtitle, new_subtitle) != 0)
    {
      g_free (priv->subtitle);
      priv->subtitle = g_steal_pointer (&new_subtitle);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
    }
}

const char *
cc_page_get_title (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_val_if_fail (CC_IS_PAGE (self), NULL);
  return priv->title;
}

const char *
cc_page_get_subtitle (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_val_if_fail (CC_IS_PAGE (self), NULL);
  return priv->subtitle;
}

void
cc_page_set_can_go_back (CcPage *self, gboolean can_go_back)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (priv->can_go_back == !!can_go_back)
    return;
  priv->can_go_back = !!can_go_back;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

gboolean
cc_page_get_can_go_back (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_val_if_fail (CC_IS_PAGE (self), FALSE);
  return priv->can_go_back;
}

static void
insert_actions (CcPagePrivate *priv, GtkWidget *widget)
{
  GHashTableIter iter;
  gpointer       prefix;
  gpointer       group;

  g_hash_table_iter_init (&iter, priv->actions);
  while (g_hash_table_iter_next (&iter, &prefix, &group))
    gtk_widget_insert_action_group (widget, prefix, group);
}

/**
 * toolbar: (nullable) (transfer none): the page's buttons; the header bar holds them while the page
 *   is shown
 */
void
cc_page_set_toolbar (CcPage *self, GtkWidget *toolbar)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (priv->toolbar == toolbar)
    return;
  g_clear_object (&priv->toolbar);
  priv->toolbar = toolbar != NULL ? g_object_ref_sink (toolbar) : NULL;
  if (toolbar != NULL)
    insert_actions (priv, toolbar);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOLBAR]);
}

/**
 * To be called whenever the toolbar was put into a header bar: GTK 4.8 takes the actions of widgets
 * that were taken out of a window and put in again for gone, and leaves their buttons insensitive.
 */
void
cc_page_wake_toolbar (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self));
  if (priv->toolbar != NULL)
    insert_actions (priv, priv->toolbar);
}

GtkWidget *
cc_page_get_toolbar (CcPage *self)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_val_if_fail (CC_IS_PAGE (self), NULL);
  return priv->toolbar;
}

void
cc_page_add_actions (CcPage *self, const char *prefix, GActionGroup *actions)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self) && prefix != NULL && G_IS_ACTION_GROUP (actions));
  g_hash_table_replace (priv->actions, g_strdup (prefix), g_object_ref (actions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), prefix, actions);
  if (priv->toolbar != NULL)
    gtk_widget_insert_action_group (priv->toolbar, prefix, actions);
}

typedef struct
{
  CcPage *page;
  void (*func) (CcPage *page);
} Later;

static gboolean
on_later (gpointer user_data)
{
  Later *later = user_data;

  if (gtk_widget_get_root (GTK_WIDGET (later->page)) != NULL)
    later->func (later->page);
  return G_SOURCE_REMOVE;
}

static void
later_free (gpointer data)
{
  Later *later = data;

  g_object_unref (later->page);
  g_free (later);
}

void
cc_page_call_later (CcPage *self, void (*func) (CcPage *self))
{
  Later *later;

  g_return_if_fail (CC_IS_PAGE (self) && func != NULL);
  later = g_new0 (Later, 1);
  later->page = g_object_ref (self);
  later->func = func;
  g_idle_add_full (G_PRIORITY_DEFAULT, on_later, later, later_free);
}
