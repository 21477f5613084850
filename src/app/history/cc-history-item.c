/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-item.h"

struct _CcHistoryItem
{
  GObject         parent_instance;
  CcHistoryEntry *entry;
};

G_DEFINE_FINAL_TYPE (CcHistoryItem, cc_history_item, G_TYPE_OBJECT)

enum
{
  PROP_LOADED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
cc_history_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, CC_HISTORY_ITEM (object)->entry != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_history_item_finalize (GObject *object)
{
  cc_history_entry_free (CC_HISTORY_ITEM (object)->entry);
  G_OBJECT_CLASS (cc_history_item_parent_class)->finalize (object);
}

static void
cc_history_item_class_init (CcHistoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cc_history_item_get_property;
  object_class->finalize = cc_history_item_finalize;
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cc_history_item_init (CcHistoryItem *self)
{
}

CcHistoryItem *
cc_history_item_new (void)
{
  return g_object_new (CC_TYPE_HISTORY_ITEM, NULL);
}

/* entry: (transfer full) */
void
cc_history_item_take_entry (CcHistoryItem *self, CcHistoryEntry *entry)
{
  g_return_if_fail (CC_IS_HISTORY_ITEM (self));
  cc_history_entry_free (self->entry);
  self->entry = entry;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

/* Returns: (transfer none) (nullable): NULL while it is being read */
const CcHistoryEntry *
cc_history_item_get_entry (CcHistoryItem *self)
{
  g_return_val_if_fail (CC_IS_HISTORY_ITEM (self), NULL);
  return self->entry;
}
