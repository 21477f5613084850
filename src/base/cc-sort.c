/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-sort.h>

#include <stdlib.h>
#include <string.h>

/* Elements that are sorted or merged between two looks at the cancellable. */
#define STRIDE 8192

/* Fewer are not worth a thread. */
#define LEAST_FOR_THREADS 50000

typedef struct
{
  char         *base;
  char         *spare; /* as large as base */
  gsize         n;
  gsize         size;
  GCompareFunc  compare;
  GCancellable *cancellable;
} Sorting;

/* Merges two runs that lie one after the other into another place. Returns: FALSE when cancelled */
static gboolean
merge (const Sorting *self, const char *from, gsize n_first, gsize n, char *to)
{
  const gsize size = self->size;
  const char *a = from;
  const char *b = from + n_first * size;
  const char *end_a = b;
  const char *end_b = from + n * size;

  for (gsize i = 0; a < end_a && b < end_b; i++, to += size)
    {
      if (i % STRIDE == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      if (self->compare (a, b) <= 0)
        {
          memcpy (to, a, size);
          a += size;
        }
      else
        {
          memcpy (to, b, size);
          b += size;
        }
    }
  memcpy (to, a, (gsize) (end_a - a));
  memcpy (to + (end_a - a), b, (gsize) (end_b - b));
  return TRUE;
}

static gboolean
sort_part (const Sorting *self)
{
  char *from = self->base;
  char *to = self->spare;

  for (gsize i = 0; i < self->n; i += STRIDE)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      qsort (from + i * self->size, MIN (STRIDE, self->n - i), self->size, self->compare);
    }
  for (gsize run = STRIDE; run < self->n; run *= 2)
    {
      char *swap = from;

      for (gsize i = 0; i < self->n; i += 2 * run)
        if (!merge (self, from + i * self->size, MIN (run, self->n - i), MIN (2 * run, self->n - i),
                    to + i * self->size))
          return FALSE;
      from = to;
      to = swap;
    }
  if (from != self->base)
    memcpy (self->base, from, self->n * self->size);
  return TRUE;
}

static gpointer
sort_in_thread (gpointer data)
{
  return GINT_TO_POINTER (sort_part (data));
}

/**
 * cc_sort:
 * @base: (array length=n): elements of @size bytes
 * @compare: an order without ties, or one in which ties are alike: runs are sorted by qsort()
 * @n_threads: at most two are used, for large arrays
 * @cancellable: (nullable): looked at every few thousand elements
 *
 * Sorts, and stops soon when cancelled.
 *
 * Returns: %FALSE when cancelled; @base then holds some elements, perhaps several times
 */
gboolean
cc_sort (gpointer      base,
         gsize         n,
         gsize         size,
         GCompareFunc  compare,
         guint         n_threads,
         GCancellable *cancellable)
{
  g_autofree char *spare = n > STRIDE ? g_malloc (n * size) : NULL;
  const Sorting    all = { base, spare, n, size, compare, cancellable };
  Sorting          parts[2] = { all, all };
  GThread         *thread;
  gboolean         ok;

  if (n == 0)
    return TRUE;
  if (n < LEAST_FOR_THREADS || n_threads < 2)
    return sort_part (&all);
  parts[0].n = n / 2;
  parts[1].n = n - n / 2;
  parts[1].base += n / 2 * size;
  parts[1].spare += n / 2 * size;
  thread = g_thread_new ("sort", sort_in_thread, &parts[1]);
  ok = sort_part (&parts[0]);
  ok = GPOINTER_TO_INT (g_thread_join (thread)) && ok && merge (&all, base, n / 2, n, spare);
  if (ok)
    memcpy (base, spare, n * size);
  return ok;
}
