/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-parties.h"

#include <string.h>

void
cc_history_parties_free (CcHistoryParties *self)
{
  if (self == NULL)
    return;
  cc_history_party_free (self->apart);
  g_ptr_array_unref (self->named);
  g_free (self);
}

const CcHistoryParty *
cc_history_parties_find (const CcHistoryParties *self, gint64 record)
{
  if (self == NULL)
    return NULL;
  if (self->apart != NULL && self->apart->record == record)
    return self->apart;
  for (guint i = 0; i < self->named->len; i++)
    {
      const CcHistoryParty *party = g_ptr_array_index (self->named, i);

      if (party->record == record)
        return party;
    }
  return NULL;
}

/* Numbers, each once and in order. */
static void
add_number (GArray *numbers, gint64 number)
{
  guint place = 0;

  while (place < numbers->len && g_array_index (numbers, gint64, place) < number)
    place++;
  if (number != 0 && (place == numbers->len || g_array_index (numbers, gint64, place) != number))
    g_array_insert_val (numbers, place, number);
}

static gint64
read_person (const char *noted)
{
  return noted != NULL ? g_ascii_strtoll (noted, NULL, 10) : 0;
}

static gboolean
is_move (const CcHistoryChange *change)
{
  return strcmp (change->table, "membership") == 0;
}

static gboolean
is_decision (const CcHistoryChange *change)
{
  return strcmp (change->table, "pair_decision") == 0;
}

/* One record that stands in every decision, where there are several; else 0. */
static gint64
find_apart (GPtrArray *changes)
{
  gint64 a = 0, b = 0;
  guint  n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const CcHistoryChange *change = g_ptr_array_index (changes, i);

      if (!is_decision (change) || change->other == 0)
        continue;
      if (n++ == 0)
        {
          a = change->record;
          b = change->other;
          continue;
        }
      if (a != change->record && a != change->other)
        a = 0;
      if (b != change->record && b != change->other)
        b = 0;
    }
  return n < 2 ? 0 : MAX (a, b);
}

static gboolean
add_members (CcConnection *connection, gint64 seq, GArray *persons, GArray *records, GError **error)
{
  for (guint i = 0; i < persons->len; i++)
    {
      g_autoptr (GArray) members =
          cc_history_list_members (connection, seq, g_array_index (persons, gint64, i), error);

      if (members == NULL)
        return FALSE;
      for (guint k = 0; k < members->len; k++)
        add_number (records, g_array_index (members, gint64, k));
    }
  return TRUE;
}

static gboolean
name_records (CcHistoryParties *self, CcConnection *connection, GArray *records, GError **error)
{
  self->n = records->len;
  for (guint i = 0; i < records->len && i <= CC_HISTORY_N_NAMED; i++)
    {
      CcHistoryParty *party =
          cc_history_get_party (connection, g_array_index (records, gint64, i), error);

      if (party == NULL)
        return FALSE;
      g_ptr_array_add (self->named, party);
    }
  return TRUE;
}

static void
remove_number (GArray *numbers, gint64 number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, gint64, i) == number)
      {
        g_array_remove_index (numbers, i);
        return;
      }
}

CcHistoryParties *
cc_history_parties_load (CcConnection *connection,
                         gint64        seq,
                         GPtrArray    *changes,
                         gboolean      joined,
                         gboolean      parted,
                         GError      **error)
{
  g_autoptr (CcHistoryParties) self = g_new0 (CcHistoryParties, 1);
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 apart = joined ? 0 : find_apart (changes);
  GArray      *persons = parted ? before : after;

  self->named = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_party_free);
  for (guint i = 0; i < changes->len; i++)
    {
      const CcHistoryChange *change = g_ptr_array_index (changes, i);

      if (is_move (change))
        {
          add_number (before, read_person (change->before));
          add_number (after, read_person (change->after));
        }
      if (is_move (change) || (is_decision (change) && (!parted || apart != 0)))
        {
          add_number (records, change->record);
          add_number (records, change->other);
        }
    }
  self->n_persons = persons->len;
  self->person = persons->len == 1 ? g_array_index (persons, gint64, 0) : 0;
  if (joined
      && (!add_members (connection, seq, before, records, error)
          || !add_members (connection, seq, after, records, error)))
    return NULL;
  if (apart != 0)
    {
      remove_number (records, apart);
      self->apart = cc_history_get_party (connection, apart, error);
      if (self->apart == NULL)
        return NULL;
    }
  return name_records (self, connection, records, error) ? g_steal_pointer (&self) : NULL;
}
