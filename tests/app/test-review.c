/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "duplicates/cc-duplicates-page.h"
#include "duplicates/cc-review-words.h"

/* What is told of questions, and how they are counted. */

static void
set_up (PageTest *self, gconstpointer data)
{
  const CaseParams params = { .n_victims = 12, .n_pairs = 3 };

  page_test_set_up (self, CC_TYPE_DUPLICATES_PAGE, &params);
}

static gboolean
shows (PageTest *self, const char *text)
{
  GtkWidget *label = app_test_find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static gboolean
waits (gpointer self)
{
  return shows (self, "3 questions wait") && shows (self, "Is this the same person?");
}

static gboolean
goes_on (gpointer self)
{
  return shows (self, "1 decided, 2 to go");
}

static void
act (PageTest *self, const char *action)
{
  app_test_settle ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL));
}

static void
test_filter (void)
{
  const CcReviewItem item = { .records = { 1, 2, 3 },
                              .entities = { 7, 8, 7 },
                              .n_records = 3,
                              .n_persons = 3,
                              .band = CC_REVIEW_LIKELY };
  CcReviewFilter     filter;

  cc_review_filter_init (&filter);
  g_assert_false (cc_review_filter_is_set (&filter));
  g_assert_true (cc_review_filter_matches (&filter, &item));
  filter.agency = 8;
  g_assert_true (cc_review_filter_is_set (&filter));
  g_assert_true (cc_review_filter_matches (&filter, &item));
  filter.other = 8;
  g_assert_false (cc_review_filter_matches (&filter, &item));
  filter.agency = filter.other = 7;
  g_assert_true (cc_review_filter_matches (&filter, &item));
  filter.bands[CC_REVIEW_LIKELY] = FALSE;
  g_assert_false (cc_review_filter_matches (&filter, &item));
  filter.bands[CC_REVIEW_LIKELY] = filter.only_changed = TRUE;
  g_assert_false (cc_review_filter_matches (&filter, &item));
}

/* Time left follows from this session's own pace; breaks do not count. */
static void
test_pace (void)
{
  CcReviewPace pace = { 0 };
  gint64       now = 1000;

  for (guint i = 0; i < 3; i++, now += 6 * G_USEC_PER_SEC)
    cc_review_pace_note (&pace, now);
  g_assert_cmpfloat (cc_review_pace_seconds_left (&pace, 100), <, 0);
  now += 1000 * (gint64) G_USEC_PER_SEC;
  cc_review_pace_note (&pace, now);
  now += 6 * G_USEC_PER_SEC;
  cc_review_pace_note (&pace, now);
  g_assert_cmpfloat_with_epsilon (cc_review_pace_seconds_left (&pace, 100), 600, 0.1);
  g_assert_cmpuint (pace.n_decided, ==, 5);
  cc_review_pace_take_back (&pace);
  g_assert_cmpuint (pace.n_decided, ==, 4);
}

static void
test_reasons (void)
{
  g_autofree char *stored = cc_review_make_reason (0, " they said so ");
  g_autofree char *note = cc_review_make_reason (-1, "mother the same");
  g_autofree char *words = cc_review_describe_reason (stored);
  g_autofree char *plain = cc_review_describe_reason ("typing-error");
  g_autofree char *own = cc_review_describe_reason (note);

  g_assert_cmpstr (stored, ==, "twins: they said so");
  g_assert_cmpstr (words, ==, "Twins: they said so");
  g_assert_cmpstr (plain, ==, "Typing error");
  g_assert_cmpstr (own, ==, "mother the same");
  g_assert_null (cc_review_make_reason (-1, "  "));
}

/* The signs are said in words, and numbers only to who asks for them. */
static void
test_strength (PageTest *self, gconstpointer data)
{
  g_autofree char *high = cc_review_describe_weight (self->session, 9.1);
  g_autofree char *low = cc_review_describe_weight (self->session, -4);
  g_autofree char *none = cc_review_describe_weight (self->session, 0.01);
  g_autofree char *huge = cc_review_describe_weight (self->session, 33);

  g_assert_cmpstr (cc_review_get_strength_word (9.1), ==, "strong sign for");
  g_assert_cmpstr (cc_review_get_strength_word (2), ==, "clear sign for");
  g_assert_cmpstr (cc_review_get_strength_word (1.9), ==, "weak sign for");
  g_assert_cmpstr (cc_review_get_strength_word (-0.4), ==, "says little");
  g_assert_cmpstr (cc_review_get_strength_word (-1.9), ==, "weak sign against");
  g_assert_cmpstr (cc_review_get_strength_word (-2), ==, "clear sign against");
  g_assert_cmpstr (cc_review_get_strength_word (-5), ==, "strong sign against");
  g_assert_cmpstr (high, ==,
                   "Weight +9.1: the odds that they are one become about 550 times as high.");
  g_assert_cmpstr (low, ==,
                   "Weight −4.0: the odds that they are one become about 16 times as low.");
  g_assert_cmpstr (none, ==, "Weight +0.0: the odds that they are one stay as they are.");
  g_assert_cmpstr (
      huge, ==, "Weight +33.0: the odds that they are one become about 1,000,000 times as high.");
}

/* Two numbers that each stay what they are: what was decided, and what waits. */
static void
test_progress (PageTest *self, gconstpointer data)
{
  app_test_wait (waits, self);
  act (self, "duplicates.same");
  app_test_wait (goes_on, self);
  act (self, "duplicates.undo");
  app_test_wait (waits, self);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/review/" name, PageTest, NULL, set_up, func, page_test_tear_down)
  ADD ("strength", test_strength);
  ADD ("progress", test_progress);
  g_test_add_func ("/app/review/filter", test_filter);
  g_test_add_func ("/app/review/pace", test_pace);
  g_test_add_func ("/app/review/reasons", test_reasons);
  return g_test_run ();
}
