/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-record-detail.h>

#include <string.h>

typedef struct
{
  Fixture base;
  gint64  police, victims[2], event, link, place, decision, perpetrator;
} Case;

static CcRecord *
create (CcPack *pack, const char *unit, guint8 number)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, unit));

  record->uuid[0] = number;
  record->uuid[1] = (guint8) unit[0];
  record->uuid[2] = (guint8) unit[strlen (unit) - 1];
  return record;
}

static gint64
put_by (CcAct *act, CcRecord *record, gint64 entity)
{
  GError     *error = NULL;
  CcPutResult result;

  g_assert_true (cc_act_put_record (act, record, entity, 0, 0, &result, &error));
  g_assert_no_error (error);
  return record->id;
}

/* Two victims of one event; a place and a decision of the first, a link of a perpetrator. */
static gboolean
fill (CcAct *act, gpointer data, GError **error)
{
  Case   *self = data;
  CcPack *pack = self->base.pack;
  g_autoptr (CcRecord) event = create (pack, "event", 1);
  g_autoptr (CcRecord) perpetrator = create (pack, "perpetrator", 1);
  g_autoptr (CcRecord) part = create (pack, "perp_event", 1);
  g_autoptr (CcRecord) place = create (pack, "place", 1);
  g_autoptr (CcRecord) decision = create (pack, "status_decision", 1);

  self->police =
      cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"), error);
  set_text (event, pack, "EV02", "PV 1");
  self->event = put_by (act, event, self->police);
  for (guint8 i = 0; i < 2; i++)
    {
      g_autoptr (CcRecord) victim = create (pack, "victim", i);
      g_autoptr (CcRecord) link = create (pack, "victim_event", i);

      set_text (victim, pack, "X_VI_ID_GIVEN", i == 0 ? "Awa" : "Fatou");
      self->victims[i] = put_by (act, victim, self->police);
      link->parents[0] = victim->id;
      link->parents[1] = event->id;
      set_code (link, pack, "VE04", "SEX");
      put_by (act, link, self->police);
      if (i == 0)
        self->link = link->id;
    }
  place->parents[0] = self->link;
  place->parents[1] = event->id;
  set_code (place, pack, "X_PL_COUNTRY", "SEN");
  self->place = put_by (act, place, self->police);
  decision->parents[0] = self->victims[0];
  set_code (decision, pack, "VS01", "IDEN");
  self->decision = put_by (act, decision, self->police);
  set_text (perpetrator, pack, "X_PE_ID_FULL", "Jean Sarr");
  self->perpetrator = put_by (act, perpetrator, self->police);
  part->parents[0] = perpetrator->id;
  part->parents[1] = event->id;
  put_by (act, part, self->police);
  return TRUE;
}

static void
set_up (Case *self, gconstpointer data)
{
  fixture_set_up (&self->base, data);
  fixture_act (&self->base, fill, self);
}

static void
tear_down (Case *self, gconstpointer data)
{
  fixture_tear_down (&self->base, data);
}

static CcRecordDetail *
read_detail (Case *self, gint64 record)
{
  GError         *error = NULL;
  CcConnection   *reader = cc_case_file_acquire_reader (self->base.file, &error);
  CcRecordDetail *detail = cc_record_detail_read (self->base.file, reader, record, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (self->base.file, reader);
  return detail;
}

static const CcRecordPart *
find_part (const CcRecordDetail *detail, gint64 record)
{
  for (guint i = 0; i < detail->parts->len; i++)
    if (((CcRecordPart *) g_ptr_array_index (detail->parts, i))->record->id == record)
      return g_ptr_array_index (detail->parts, i);
  return NULL;
}

static void
test_parts (Case *self, gconstpointer data)
{
  g_autoptr (CcRecordDetail) victim = read_detail (self, self->victims[0]);
  g_autoptr (CcRecordDetail) event = read_detail (self, self->event);

  g_assert_cmpstr (victim->agency_key, ==, "police");
  g_assert_null (victim->source);
  g_assert_cmpint (victim->cluster, >, 0);
  g_assert_cmpuint (victim->parts->len, ==, 3);
  g_assert_cmpint (find_part (victim, self->link)->other->id, ==, self->event);
  g_assert_cmpstr (find_part (victim, self->link)->other->title, ==, "PV 1");
  g_assert_cmpint (find_part (victim, self->place)->other->id, ==, self->event);
  g_assert_null (find_part (victim, self->decision)->other);

  /* The place hangs on the event and on the victim in it, and is told once. */
  g_assert_cmpuint (event->parts->len, ==, 4);
  g_assert_cmpstr (find_part (event, self->link)->other->title, ==, "Awa");
  g_assert_null (find_part (event, self->place)->other);
}

static guint withdrawn_parts;

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_with_parts (act, *(gint64 *) data, &withdrawn_parts, error);
}

static gboolean
is_live (Case *self, gint64 record)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT state = 0 FROM record WHERE id = %" G_GINT64_FORMAT, record);

  return fixture_count (&self->base, sql) == 1;
}

/* What says something about a person alone goes with the person. */
static void
test_withdraw_victim (Case *self, gconstpointer data)
{
  fixture_act (&self->base, withdraw, &self->victims[0]);
  g_assert_cmpuint (withdrawn_parts, ==, 3);
  g_assert_false (is_live (self, self->victims[0]));
  g_assert_false (is_live (self, self->link));
  g_assert_false (is_live (self, self->place));
  g_assert_false (is_live (self, self->decision));
  g_assert_true (is_live (self, self->victims[1]));
  g_assert_true (is_live (self, self->event));
  g_assert_true (is_live (self, self->perpetrator));
}

/* What was said about the victims of an event stays. */
static void
test_withdraw_event (Case *self, gconstpointer data)
{
  fixture_act (&self->base, withdraw, &self->event);
  g_assert_cmpuint (withdrawn_parts, ==, 0);
  g_assert_false (is_live (self, self->event));
  g_assert_true (is_live (self, self->link));
  g_assert_true (is_live (self, self->place));
  g_assert_true (is_live (self, self->decision));
}

static void
test_locate (Case *self, gconstpointer data)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->base.file, &error);
  const CcUnit *unit = NULL;
  g_autoptr (CcRecordDetail) detail = read_detail (self, self->victims[0]);

  g_assert_cmpint (cc_record_locate (self->base.file, reader, self->decision, &unit, &error), ==,
                   self->victims[0]);
  g_assert_cmpstr (unit->name, ==, "victim");
  g_assert_cmpint (cc_record_locate (self->base.file, reader, self->place, &unit, &error), ==,
                   self->victims[0]);
  g_assert_cmpint (cc_record_locate (self->base.file, reader, self->event, &unit, &error), ==,
                   self->event);
  g_assert_cmpint (cc_record_find_member (reader, detail->cluster, &error), ==, self->victims[0]);
  g_assert_no_error (error);
  g_assert_cmpint (cc_record_locate (self->base.file, reader, 4711, &unit, &error), ==, 0);
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cc_record_detail_read (self->base.file, reader, 4711, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  cc_case_file_release_reader (self->base.file, reader);
}

#define ADD(path, func) g_test_add (path, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/record-detail/parts", test_parts);
  ADD ("/store/record-detail/withdraw-victim", test_withdraw_victim);
  ADD ("/store/record-detail/withdraw-event", test_withdraw_event);
  ADD ("/store/record-detail/locate", test_locate);
  return g_test_run ();
}
