/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>
#include <cc/base/cc-sort.h>

#include <stdlib.h>
#include <string.h>

typedef struct
{
  guint32 key;
  guint32 place;
} Item;

static int
order_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a;
  const Item *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

static Item *
make_items (guint n, guint32 range)
{
  Item    *items = g_new (Item, MAX (n, 1));
  CcRandom random;

  cc_random_init (&random, n);
  for (guint i = 0; i < n; i++)
    items[i] = (Item){ cc_random_below (&random, range), i };
  return items;
}

/* The same as qsort (), for sizes around every boundary and both numbers of threads. */
static void
test_sizes (void)
{
  static const guint sizes[] = { 0,     1,     2,     8191,  8192,   8193,   16384,
                                 16385, 40000, 49999, 50000, 100001, 262144, 300007 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint threads = 1; threads <= 2; threads++)
      {
        const guint      n = sizes[i];
        g_autofree Item *items = make_items (n, MAX (n / 3, 1));
        g_autofree Item *wanted = g_memdup2 (items, MAX (n, 1) * sizeof *items);

        qsort (wanted, n, sizeof *wanted, order_items);
        g_assert_true (cc_sort (items, n, sizeof *items, order_items, threads, NULL));
        for (guint k = 0; k < n; k++)
          {
            g_assert_cmpuint (items[k].key, ==, wanted[k].key);
            g_assert_cmpuint (items[k].place, ==, wanted[k].place);
          }
      }
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree Item *items = make_items (100000, 1000);

  g_assert_true (cc_sort (items, 100000, sizeof *items, order_items, 2, cancellable));
  g_cancellable_cancel (cancellable);
  g_assert_false (cc_sort (items, 100000, sizeof *items, order_items, 2, cancellable));
  g_assert_false (cc_sort (items, 100000, sizeof *items, order_items, 1, cancellable));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sort/sizes", test_sizes);
  g_test_add_func ("/base/sort/cancelled", test_cancelled);
  return g_test_run ();
}
