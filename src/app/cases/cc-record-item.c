/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-item.h"

struct _CcRecordItem
{
  GObject parent_instance;

  gint64       id;
  CcRecordRow *row;
  CcParkedRow *parked;
};

G_DEFINE_FINAL_TYPE (CcRecordItem, cc_record_item, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cc_record_item_finalize (GObject *object)
{
  CcRecordItem *self = CC_RECORD_ITEM (object);

  g_clear_pointer (&self->row, cc_record_row_free);
  g_clear_pointer (&self->parked, cc_parked_row_free);
  G_OBJECT_CLASS (cc_record_item_parent_class)->finalize (object);
}

static void
cc_record_item_class_init (CcRecordItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_record_item_finalize;
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_record_item_init (CcRecordItem *self)
{
}

CcRecordItem *
cc_record_item_new (gint64 id)
{
  CcRecordItem *self = g_object_new (CC_TYPE_RECORD_ITEM, NULL);

  self->id = id;
  return self;
}

gint64
cc_record_item_get_id (CcRecordItem *self)
{
  return self->id;
}

const CcRecordRow *
cc_record_item_get_row (CcRecordItem *self)
{
  return self->row;
}

const CcParkedRow *
cc_record_item_get_parked (CcRecordItem *self)
{
  return self->parked;
}

void
cc_record_item_take_row (CcRecordItem *self, CcRecordRow *row)
{
  g_clear_pointer (&self->row, cc_record_row_free);
  self->row = row;
  g_signal_emit (self, signals[LOADED], 0);
}

void
cc_record_item_take_parked (CcRecordItem *self, CcParkedRow *parked)
{
  g_clear_pointer (&self->parked, cc_parked_row_free);
  self->parked = parked;
  g_signal_emit (self, signals[LOADED], 0);
}
