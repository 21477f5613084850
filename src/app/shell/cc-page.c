/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-page.h"

typedef struct
{
  CcSession *session;
} CcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcPage, cc_page, ADW_TYPE_BIN)

static void
cc_page_dispose (GObject *object)
{
  CcPagePrivate *priv = cc_page_get_instance_private (CC_PAGE (object));

  g_clear_pointer (&priv->session, cc_session_unref);
  G_OBJECT_CLASS (cc_page_parent_class)->dispose (object);
}

static void
cc_page_class_init (CcPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_page_dispose;
}

static void
cc_page_init (CcPage *self)
{
}

/**
 * Gives the page its case file and loads it.
 */
void
cc_page_set_session (CcPage *self, CcSession *session)
{
  CcPagePrivate *priv = cc_page_get_instance_private (self);

  g_return_if_fail (CC_IS_PAGE (self) && session != NULL);
  cc_session_ref (session);
  g_clear_pointer (&priv->session, cc_session_unref);
  priv->session = session;
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
  if (priv->session != NULL)
    CC_PAGE_GET_CLASS (self)->refresh (self, priv->session);
}
