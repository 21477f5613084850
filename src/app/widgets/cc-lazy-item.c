/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lazy-item.h"

struct _CcLazyItem
{
  GObject parent_instance;

  gint64         id;
  gpointer       row;
  GDestroyNotify free_row;
};

G_DEFINE_FINAL_TYPE (CcLazyItem, cc_lazy_item, G_TYPE_OBJECT)

enum
{
  PROP_ROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
clear_row (CcLazyItem *self)
{
  if (self->row != NULL && self->free_row != NULL)
    self->free_row (self->row);
  self->row = NULL;
}

static void
cc_lazy_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_ROW)
    g_value_set_pointer (value, (gpointer) cc_lazy_item_get_row (CC_LAZY_ITEM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_lazy_item_finalize (GObject *object)
{
  clear_row (CC_LAZY_ITEM (object));
  G_OBJECT_CLASS (cc_lazy_item_parent_class)->finalize (object);
}

static void
cc_lazy_item_class_init (CcLazyItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cc_lazy_item_get_property;
  object_class->finalize = cc_lazy_item_finalize;
  properties[PROP_ROW] =
      g_param_spec_pointer ("row", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cc_lazy_item_init (CcLazyItem *self)
{
}

CcLazyItem *
cc_lazy_item_new (gint64 id)
{
  CcLazyItem *self = g_object_new (CC_TYPE_LAZY_ITEM, NULL);

  self->id = id;
  return self;
}

gint64
cc_lazy_item_get_id (CcLazyItem *self)
{
  g_return_val_if_fail (CC_IS_LAZY_ITEM (self), 0);
  return self->id;
}

/**
 * Returns: (transfer none) (nullable): the row, once it has been read
 */
gconstpointer
cc_lazy_item_get_row (CcLazyItem *self)
{
  g_return_val_if_fail (CC_IS_LAZY_ITEM (self), NULL);
  return self->row != NULL && *(const gint64 *) self->row == self->id ? self->row : NULL;
}

void
cc_lazy_item_set_id (CcLazyItem *self, gint64 id)
{
  g_return_if_fail (CC_IS_LAZY_ITEM (self));
  self->id = id;
  if (id == 0 && self->row != NULL)
    cc_lazy_item_set_row (self, NULL, NULL);
}

void
cc_lazy_item_set_row (CcLazyItem *self, gpointer row, GDestroyNotify free_row)
{
  g_return_if_fail (CC_IS_LAZY_ITEM (self));
  clear_row (self);
  self->row = row;
  self->free_row = free_row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}
