/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-item.h"

struct _CcCellItem
{
  GObject parent_instance;

  char *title;
  char *subtitle;
  char *target;
};

G_DEFINE_FINAL_TYPE (CcCellItem, cc_cell_item, G_TYPE_OBJECT)

static void
cc_cell_item_finalize (GObject *object)
{
  CcCellItem *self = CC_CELL_ITEM (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->target);
  G_OBJECT_CLASS (cc_cell_item_parent_class)->finalize (object);
}

static void
cc_cell_item_class_init (CcCellItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_cell_item_finalize;
}

static void
cc_cell_item_init (CcCellItem *self)
{
}

CcCellItem *
cc_cell_item_new (const char *title, const char *subtitle, const char *target)
{
  CcCellItem *self = g_object_new (CC_TYPE_CELL_ITEM, NULL);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->target = g_strdup (target);
  return self;
}

const char *
cc_cell_item_get_title (CcCellItem *self)
{
  g_return_val_if_fail (CC_IS_CELL_ITEM (self), NULL);
  return self->title;
}

const char *
cc_cell_item_get_subtitle (CcCellItem *self)
{
  g_return_val_if_fail (CC_IS_CELL_ITEM (self), NULL);
  return self->subtitle;
}

const char *
cc_cell_item_get_target (CcCellItem *self)
{
  g_return_val_if_fail (CC_IS_CELL_ITEM (self), NULL);
  return self->target;
}
