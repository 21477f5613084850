/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-plan.h"

#include <execinfo.h>

static GMutex     lock;
static gint       armed; /* read without the lock: most calls are not asked about */
static FaultCalls calls_armed;
static FaultHow   how_armed;
static guint      at_armed;
static gboolean   lasting_armed;
static guint      n_calls;
static gboolean   hit;
static gboolean   power_off;

/* Functions that tell two places apart: beyond these lies what the test itself does. */
#define PLACE_DEPTH 24

static GHashTable *places; /* of a place's number, to its calls */

static __thread guint    depth;
static __thread gboolean spared;
static __thread gboolean spared_next;

/**
 * From now on, the call number @at (from 1) of these kinds fails; 0 counts only.
 *
 * lasting: all later calls of these kinds fail, too, as on a disk that is full. After FAULT_CUT all
 *   calls of every kind do
 */
void
fault_plan_arm (FaultCalls calls, FaultHow how, guint at, gboolean lasting)
{
  g_mutex_lock (&lock);
  calls_armed = calls;
  how_armed = how;
  at_armed = at;
  lasting_armed = lasting;
  n_calls = 0;
  hit = FALSE;
  power_off = FALSE;
  g_atomic_int_set (&armed, 1);
  g_mutex_unlock (&lock);
}

/* happened: (out) (nullable): whether the planned failure came. Returns: the calls counted */
guint
fault_plan_disarm (gboolean *happened)
{
  guint n;

  g_mutex_lock (&lock);
  g_atomic_int_set (&armed, 0);
  n = n_calls;
  if (happened != NULL)
    *happened = hit;
  g_mutex_unlock (&lock);
  return n;
}

static void
note_place (guint n)
{
  gpointer  frames[PLACE_DEPTH];
  const int n_frames = backtrace (frames, PLACE_DEPTH);
  guint64   place = 0;
  GArray   *calls;

  for (int i = 0; i < n_frames; i++)
    place = (place ^ GPOINTER_TO_SIZE (frames[i])) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  calls = g_hash_table_lookup (places, &place);
  if (calls == NULL)
    {
      calls = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (places, g_memdup2 (&place, sizeof place), calls);
    }
  g_array_append_val (calls, n);
}

void
fault_plan_note_places (void)
{
  g_mutex_lock (&lock);
  places =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  g_mutex_unlock (&lock);
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

GArray *
fault_plan_take_places (void)
{
  GArray        *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer       calls;

  g_mutex_lock (&lock);
  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, NULL, &calls))
    {
      const GArray *of_place = calls;
      const guint   picks[] = { 0, of_place->len / 2, of_place->len - 1 };

      for (guint i = 0; i < G_N_ELEMENTS (picks); i++)
        if (i == 0 || picks[i] != picks[i - 1])
          g_array_append_val (chosen, g_array_index (of_place, guint, picks[i]));
    }
  g_clear_pointer (&places, g_hash_table_unref);
  g_mutex_unlock (&lock);
  g_array_sort (chosen, compare_calls);
  return chosen;
}

/* Counts one call. Returns: FAULT_PASS, or how it shall fail */
FaultHow
fault_plan_ask (FaultCalls call)
{
  FaultHow how = FAULT_PASS;

  if (!g_atomic_int_get (&armed))
    return FAULT_PASS;
  if (call == FAULT_ALLOCATE && (spared || spared_next))
    {
      spared_next = FALSE;
      return FAULT_PASS;
    }
  g_mutex_lock (&lock);
  if (power_off)
    how = call == FAULT_ALLOCATE ? FAULT_PASS : FAULT_CUT;
  else if ((calls_armed & call) != 0)
    {
      n_calls++;
      if (places != NULL)
        note_place (n_calls);
      if (at_armed > 0 && (n_calls == at_armed || (lasting_armed && n_calls > at_armed)))
        {
          hit = TRUE;
          how = how_armed;
          power_off = how == FAULT_CUT;
        }
    }
  g_mutex_unlock (&lock);
  return how;
}

void
fault_plan_enter (void)
{
  depth++;
}

void
fault_plan_leave (void)
{
  depth--;
}

gboolean
fault_plan_is_inside (void)
{
  return depth > 0;
}

void
fault_plan_spare_memory (gboolean spare)
{
  spared = spare;
}

void
fault_plan_spare_next_memory (void)
{
  spared_next = g_atomic_int_get (&armed);
}
