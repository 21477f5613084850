/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-plan.h"

static GMutex     lock;
static gint       armed; /* read without the lock: most calls are not asked about */
static FaultCalls calls_armed;
static FaultHow   how_armed;
static guint      at_armed;
static gboolean   lasting_armed;
static guint      n_calls;
static gboolean   hit;
static gboolean   power_off;

static __thread guint    depth;
static __thread gboolean spared;

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

/* Counts one call. Returns: FAULT_PASS, or how it shall fail */
FaultHow
fault_plan_ask (FaultCalls call)
{
  FaultHow how = FAULT_PASS;

  if (!g_atomic_int_get (&armed) || (spared && call == FAULT_ALLOCATE))
    return FAULT_PASS;
  g_mutex_lock (&lock);
  if (power_off)
    how = call == FAULT_ALLOCATE ? FAULT_PASS : FAULT_CUT;
  else if ((calls_armed & call) != 0)
    {
      n_calls++;
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
