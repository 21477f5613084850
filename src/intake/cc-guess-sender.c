/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the known agencies sent a file. What the file says itself, in its name and its titles,
 * goes before its headers: many agencies may fill in one form. */
#include "cc-guess-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-profile.h>

#include <string.h>

/* A guess below this is none. */
#define ENOUGH 0.6

/* From here on a name is spoken of, if not said. */
#define HALF 0.5

/* Words this short name nothing by themselves ("of", "des"), but at the end ("Police Sud"). */
#define SHORT_WORD 3

static gboolean
holds_words (const char *folded, const char *words)
{
  g_autofree char *text = g_strdup_printf (" %s ", folded);
  g_autofree char *part = g_strdup_printf (" %s ", words);

  return *words != '\0' && strstr (text, part) != NULL;
}

/* In how many of the agencies' names the word stands: one that stands in all says nothing. */
static guint
count_names (GPtrArray *entities, const char *word)
{
  guint n = 0;

  for (guint i = 0; i < entities->len; i++)
    {
      g_autofree char *name = cc_text_fold (((CcEntity *) entities->pdata[i])->name);

      n += holds_words (name, word);
    }
  return n;
}

static char *
fold_opened (const char *text)
{
  g_autofree char *opened = g_strdelimit (g_strdup (text), "_-.", ' ');

  return cc_text_fold (opened);
}

/* How much of an agency's name stands in a text, 0 to 1. */
static double
score_name (GPtrArray *entities, const CcEntity *entity, const char *text)
{
  g_autofree char *folded = fold_opened (text);
  g_autofree char *key = cc_text_fold (entity->key);
  g_autofree char *name = cc_text_fold (entity->name);
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  double all = 0, found = 0;

  if (holds_words (folded, name) || holds_words (folded, key))
    return 1;
  for (guint i = 0; words[i]; i++)
    {
      double weight;

      if (g_utf8_strlen (words[i], -1) <= SHORT_WORD && words[i + 1] != NULL)
        continue;
      weight = 1.0 / MAX (count_names (entities, words[i]), 1);
      all += weight;
      found += holds_words (folded, words[i]) ? weight : 0;
    }
  return all > 0 ? found / all : 0;
}

/* title: (out) (nullable): the text that says most of the name */
static double
score_titles (GPtrArray      *entities,
              const CcEntity *entity,
              CcInspection   *inspection,
              const char    **title)
{
  double best = 0;

  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];

      for (guint j = 0; j <= table->titles->len; j++)
        {
          const char *text =
              j < table->titles->len ? table->titles->pdata[j] : (gpointer) table->sheet_name;
          const double score = score_name (entities, entity, text);

          if (score <= best)
            continue;
          best = score;
          if (title != NULL)
            *title = text;
        }
    }
  return best;
}

static double
score_profiles (GPtrArray *profiles, const CcEntity *entity, CcInspection *inspection)
{
  double best = 0;

  for (guint i = 0; i < profiles->len; i++)
    {
      const CcProfile *profile = profiles->pdata[i];

      if (g_str_equal (profile->entity, entity->key))
        best = MAX (best, cc_profile_compare (profile, inspection));
    }
  return best;
}

/* Files of one sender are often called the same but for a year or a number. */
static char *
drop_numbers (const char *file_name)
{
  g_autofree char *stem = cc_guess_get_stem (file_name);
  g_autofree char *folded = fold_opened (stem);
  GString         *name = g_string_new (NULL);

  for (const char *p = folded; *p; p++)
    if (!g_ascii_isdigit (*p) && (*p != ' ' || (name->len > 0 && name->str[name->len - 1] != ' ')))
      g_string_append_c (name, *p);
  while (name->len > 0 && name->str[name->len - 1] == ' ')
    g_string_truncate (name, name->len - 1);
  return g_string_free (name, FALSE);
}

/* Whether the agency sent a file of this name before. */
static gboolean
has_sent_like (GPtrArray *submissions, const CcEntity *entity, CcInspection *inspection)
{
  g_autofree char *name = drop_numbers (inspection->file_name);

  for (guint i = 0; *name != '\0' && i < submissions->len; i++)
    {
      const CcSubmission *submission = submissions->pdata[i];

      if (submission->entity == entity->id && submission->file_name != NULL)
        {
          g_autofree char *earlier = drop_numbers (submission->file_name);

          if (g_str_equal (earlier, name))
            return TRUE;
        }
    }
  return FALSE;
}

/* The agency that sent this very file before. */
static const CcEntity *
find_same (CcInspection *inspection, GPtrArray *entities, GPtrArray *submissions)
{
  for (guint i = 0; i < submissions->len; i++)
    {
      const CcSubmission *submission = submissions->pdata[i];

      if (submission->nil || g_strcmp0 (submission->sha256, inspection->sha256) != 0
          || g_strcmp0 (submission->state, "live") != 0)
        continue;
      for (guint j = 0; j < entities->len; j++)
        if (((CcEntity *) entities->pdata[j])->id == submission->entity)
          return entities->pdata[j];
    }
  return NULL;
}

/* What points to one agency. */
typedef struct
{
  const CcEntity *entity;
  double          named;
  double          titled;
  double          known; /* by its headers */
  const char     *title;
} Pointer;

static double
get_words (const Pointer *self)
{
  return MAX (self->named, self->titled);
}

static Pointer
look_at (const CcEntity *entity,
         const char     *stem,
         CcInspection   *inspection,
         GPtrArray      *entities,
         GPtrArray      *profiles,
         GPtrArray      *submissions)
{
  Pointer self = { .entity = entity };

  self.named = score_name (entities, entity, stem);
  self.titled = score_titles (entities, entity, inspection, &self.title);
  self.known = score_profiles (profiles, entity, inspection);
  /* What a person once said of such a file is as good as a name. */
  if (self.known >= ENOUGH && has_sent_like (submissions, entity, inspection))
    self.named = 1;
  return self;
}

/* The agency that most points to; where two are as good as each other, none. */
static gboolean
choose (GArray *pointers, Pointer *chosen)
{
  double best = 0, second = 0, words = 0;

  for (guint i = 0; i < pointers->len; i++)
    words = MAX (words, get_words (&g_array_index (pointers, Pointer, i)));
  for (guint i = 0; i < pointers->len; i++)
    {
      const Pointer *pointer = &g_array_index (pointers, Pointer, i);
      const double   said = get_words (pointer);
      const double   most = MAX (said, pointer->known);
      const double   score = most + pointer->known + pointer->named / 2 + pointer->titled / 2;

      if (most < ENOUGH || (words >= ENOUGH && said < ENOUGH))
        continue;
      second = score > best ? best : MAX (second, score);
      if (score <= best)
        continue;
      best = score;
      *chosen = *pointer;
    }
  return best > second + 0.01;
}

static void
take (CcGuess *self, const Pointer *pointer, CcInspection *inspection)
{
  const gboolean by_name = pointer->named >= pointer->titled;

  self->entity = g_strdup (pointer->entity->key);
  self->entity_reason = pointer->known >= ENOUGH ? "intake.guess.profile"
                        : by_name                ? "intake.guess.file-name"
                                                 : "intake.guess.title";
  if (get_words (pointer) < ENOUGH)
    return;
  g_free (self->words);
  self->words = g_strdup (by_name ? inspection->file_name : pointer->title);
  self->words_reason = by_name ? "intake.guess.file-name" : "intake.guess.title";
  self->words_known = TRUE;
}

static void
find_near (CcGuess *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len && self->near == NULL; i++)
    {
      const CcEntity *entity = entities->pdata[i];

      if (cc_guess_is_near (self->new_name, entity->name))
        self->near = g_strdup (entity->key);
    }
}

void
cc_guess_sender (CcGuess      *self,
                 CcPack       *pack,
                 CcInspection *inspection,
                 GPtrArray    *entities,
                 GPtrArray    *profiles,
                 GPtrArray    *submissions)
{
  g_autofree char *stem = cc_guess_get_stem (inspection->file_name);
  g_autoptr (GArray) pointers = g_array_new (FALSE, FALSE, sizeof (Pointer));
  const CcEntity *same = find_same (inspection, entities, submissions);
  Pointer         chosen = { 0 };
  gboolean        found;

  cc_guess_describe_sender (self, pack, inspection);
  for (guint i = 0; i < entities->len; i++)
    {
      Pointer pointer =
          look_at (entities->pdata[i], stem, inspection, entities, profiles, submissions);

      g_array_append_val (pointers, pointer);
    }
  found = choose (pointers, &chosen);
  if (same != NULL)
    {
      self->entity = g_strdup (same->key);
      self->entity_reason = "intake.guess.same-file";
      return;
    }
  /* The same headers, but words that speak of another kind of agency: nobody is chosen. */
  if (found && get_words (&chosen) < HALF && self->new_type != NULL
      && chosen.entity->type != self->new_type)
    found = FALSE;
  if (found)
    take (self, &chosen, inspection);
  else if (self->new_name != NULL)
    find_near (self, entities);
}

/**
 * cc_guess_contradicts:
 * @entities: (element-type CcEntity): the agencies of the case file
 * @submissions: (element-type CcSubmission): its deliveries
 *
 * A name that is half said, one with a slip of the pen, and a kind of agency that is the right one
 * speak of nobody else; nor does the name of a file of which a person said before whose it is.
 *
 * Returns: whether the file's own words, `words` of the guess, speak of another sender
 */
gboolean
cc_guess_contradicts (const CcGuess  *self,
                      CcInspection   *inspection,
                      GPtrArray      *entities,
                      GPtrArray      *submissions,
                      const CcEntity *entity)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (self && inspection && entities && submissions && entity, FALSE);

  if (self->words == NULL || (entity->key != NULL && g_strcmp0 (self->entity, entity->key) == 0))
    return FALSE;
  stem = cc_guess_get_stem (inspection->file_name);
  if (score_name (entities, entity, stem) >= HALF
      || score_titles (entities, entity, inspection, NULL) >= HALF)
    return FALSE;
  if (self->words_known)
    return TRUE;
  /* Whoever adds an agency has read what the file says of a new one. */
  if (entity->key == NULL || g_strcmp0 (self->near, entity->key) == 0
      || has_sent_like (submissions, entity, inspection))
    return FALSE;
  return !self->says_kind_only || entity->type != self->new_type;
}
