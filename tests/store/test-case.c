/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-case.h>

typedef struct
{
  CcPack *pack;
  gint64  event, other_event, awa, binta, perpetrator, link, other_link, place, alone;
} Case;

static gint64
put_unit (CcAct *act, Case *self, const char *unit, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (self->pack, unit));

  record->parents[0] = first;
  record->parents[1] = second;
  if (!cc_act_make_random_uuid (act, record->uuid, error)
      || !cc_act_put_record (act, record, 0, 0, 0, NULL, error))
    return 0;
  return record->id;
}

static gboolean
fill (CcAct *act, gpointer user_data, GError **error)
{
  Case *self = user_data;

  self->awa = put_unit (act, self, "victim", 0, 0, error);
  self->event = put_unit (act, self, "event", 0, 0, error);
  self->other_event = put_unit (act, self, "event", 0, 0, error);
  self->binta = put_unit (act, self, "victim", 0, 0, error);
  self->alone = put_unit (act, self, "victim", 0, 0, error);
  self->perpetrator = put_unit (act, self, "perpetrator", 0, 0, error);
  self->link = put_unit (act, self, "victim_event", self->awa, self->event, error);
  self->other_link = put_unit (act, self, "victim_event", self->binta, self->other_event, error);
  put_unit (act, self, "victim_event", self->binta, self->event, error);
  put_unit (act, self, "victim_event", self->alone, 0, error);
  put_unit (act, self, "perp_event", self->perpetrator, self->event, error);
  put_unit (act, self, "victim_perp", self->awa, self->perpetrator, error);
  put_unit (act, self, "status_decision", self->awa, 0, error);
  put_unit (act, self, "assistance", self->binta, 0, error);
  put_unit (act, self, "referral", self->binta, 0, error);
  put_unit (act, self, "justice_step", self->perpetrator, self->event, error);
  self->place = put_unit (act, self, "place", self->link, 0, error);
  put_unit (act, self, "place", self->other_link, 0, error);
  put_unit (act, self, "status_decision", self->alone, 0, error);
  return self->place != 0;
}

static gboolean
withdraw_one (CcAct *act, gpointer user_data, GError **error)
{
  return cc_act_withdraw_record (act, *(gint64 *) user_data, error);
}

static char *
read_units (Fixture *fixture, gint64 id, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (fixture->file, NULL);
  gboolean      cut = TRUE;
  g_autoptr (GPtrArray) records = cc_store_read_case (fixture->file, connection, id, &cut, error);
  GString *text = g_string_new (NULL);

  cc_case_file_release_reader (fixture->file, connection);
  for (guint i = 0; records != NULL && i < records->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((CcCaseRecord *) records->pdata[i])->record->unit->abbr);
  g_assert_true (records == NULL || !cut);
  return g_string_free (text, FALSE);
}

/* Whichever record of a case is opened, the same case comes. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  const char *whole = "EV VI VI PE VE VS VP VE AS RF PR JS PL";
  Case        self = { .pack = fixture->pack };
  gint64      starts[6];

  fixture_act (fixture, fill, &self);
  starts[0] = self.event;
  starts[1] = self.awa;
  starts[2] = self.perpetrator;
  starts[3] = self.link;
  starts[4] = self.place;
  starts[5] = self.place - 1; /* the step of justice */
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *units = read_units (fixture, starts[i], &error);

      g_assert_no_error (error);
      g_test_message ("%u", i);
      g_assert_cmpstr (units, ==, whole);
    }
}

static void
test_without_event (Fixture *fixture, gconstpointer data)
{
  Case self = { .pack = fixture->pack };
  g_autoptr (GError) error = NULL;
  g_autofree char *units = NULL;

  fixture_act (fixture, fill, &self);
  units = read_units (fixture, self.alone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (units, ==, "VI VE VS");
}

static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  Case self = { .pack = fixture->pack };
  g_autoptr (GError) error = NULL;
  g_autofree char *units = NULL;
  g_autofree char *none = NULL;

  fixture_act (fixture, fill, &self);
  fixture_act (fixture, withdraw_one, &self.binta);
  units = read_units (fixture, self.event, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (units, ==, "EV VI PE VE VS VP PR JS PL");
  none = read_units (fixture, self.binta, &error);
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/case/whole", Fixture, NULL, fixture_set_up, test_whole, fixture_tear_down);
  g_test_add ("/store/case/without-event", Fixture, NULL, fixture_set_up, test_without_event,
              fixture_tear_down);
  g_test_add ("/store/case/withdrawn", Fixture, NULL, fixture_set_up, test_withdrawn,
              fixture_tear_down);
  return g_test_run ();
}
