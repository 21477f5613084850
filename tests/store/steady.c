/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steady.h"

#include <dlfcn.h>
#include <openssl/evp.h>

/* A test that opens a thousand files would spend its time in the derivation of keys, which is slow
 * on purpose and tested elsewhere. These definitions go before those of libcrypto and GLib. */
int
PKCS5_PBKDF2_HMAC (const char          *pass,
                   int                  passlen,
                   const unsigned char *salt,
                   int                  saltlen,
                   int                  iter,
                   const EVP_MD        *digest,
                   int                  keylen,
                   unsigned char       *out)
{
  static __typeof__ (&PKCS5_PBKDF2_HMAC) real;

  if (real == NULL)
    real = (__typeof__ (&PKCS5_PBKDF2_HMAC)) dlsym (RTLD_NEXT, "PKCS5_PBKDF2_HMAC");
  return real (pass, passlen, salt, saltlen, MIN (iter, STEADY_ROUNDS), digest, keylen, out);
}

gint64
g_get_real_time (void)
{
  return STEADY_TIME;
}
