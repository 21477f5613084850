/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-detail-item.h"

struct _CcDetailItem
{
  GObject parent_instance;

  gboolean heading;
  char    *title;
  char    *subtitle;
  gint64   record;
};

G_DEFINE_FINAL_TYPE (CcDetailItem, cc_detail_item, G_TYPE_OBJECT)

static void
cc_detail_item_finalize (GObject *object)
{
  CcDetailItem *self = CC_DETAIL_ITEM (object);

  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (cc_detail_item_parent_class)->finalize (object);
}

static void
cc_detail_item_class_init (CcDetailItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_detail_item_finalize;
}

static void
cc_detail_item_init (CcDetailItem *self)
{
}

CcDetailItem *
cc_detail_item_new (const char *title, const char *subtitle, gint64 record)
{
  CcDetailItem *self = g_object_new (CC_TYPE_DETAIL_ITEM, NULL);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle != NULL ? subtitle : "");
  self->record = record;
  return self;
}

CcDetailItem *
cc_detail_item_new_heading (const char *title, const char *subtitle)
{
  CcDetailItem *self = cc_detail_item_new (title, subtitle, 0);

  self->heading = TRUE;
  return self;
}

gboolean
cc_detail_item_is_heading (CcDetailItem *self)
{
  return self->heading;
}

const char *
cc_detail_item_get_title (CcDetailItem *self)
{
  return self->title;
}

const char *
cc_detail_item_get_subtitle (CcDetailItem *self)
{
  return self->subtitle;
}

gint64
cc_detail_item_get_record (CcDetailItem *self)
{
  return self->record;
}
