import { inflateSync } from "node:zlib";

/**
 * What pyarrow 25.0.1 wrote, deflated (zlib.compress): a table of "delay [us]" = [0, 1, 2, 4] * 8 (uint8) and "p1" = [1, 0] * 16 (float32), as Arrow IPC
 * streams (ipc.IpcWriteOptions(compression=...)) and Parquet (write_page_checksum=True, use_dictionary=False, store_schema=False, write_statistics=False).
 */
const file = (deflated: string) => new Uint8Array(inflateSync(Buffer.from(deflated, "base64")));

export const ARROW_LZ4 = file(
  "eNp9UTEKwkAQnCRnDBI0SAoLCxEFLX2BljaidoIoCgoWFoJY2Ikv8hmW/uicW1eMQdwjd7Ob2dnJxVprbwASuCghRogCIiKGZ5iDWcTd6A74fIaKH+wnMXD9da1BOYeeQyH7Qi4R5JxU8qIoJzrX893ZyvS7+Zvtfn1uzE/HxVvHiI7zwbH2zjNVfoyaOo9FGYERPzN8ImYlke94cXbq2Wk0Mjwj6+PlV7T17OTq77ybqfk5ffzJTXNUWw2uZcIxr8XQycQ4oO8v37wq4ZTVPq+2EmE56ed0rfwf4AmafSFR",
);
export const ARROW_ZSTD = file(
  "eNp9UDEKwkAQnEvOJEiKFBaColco2In4AC39gJVYCAoWFgGxsPMFvsXGf/ghOWePjQZB97jb3dndmeW89/4GoIBYEzkSNJAxohnLHMwyvlZfIOJdaPzgPBtjme8qBu0pJxIlnEt4AiF1WiFPA3OhuiYSP6jNi/52d9ic3ep0XFc8NvDIHpT1D/qW9udo6+Z5YEZswz5zfCxHj3r23VOqZpvXoW6ilerO8gu/raPefeFV3q9h0Z++73x0Hz+dWwpgImswvWYBv9TrlxMDYjNSH4fG7E34F6m/ABVjI5Q=",
);
export const PARQUET_LZ4 = file(
  "eNoLcAwyFGUQ7WEStRFd9b5nFZuMqAOQzybKJsPAwLCACUg4MAIJBlYGBj4GARZeBn4BhvAABhagEESfgejPbWvbeVD0bYTpa7BnYGTg52CIC7AHGSLKImljyiDBVpyckZqbKMrCIMqkyiTBlZKak1ipEF1aHKsq5rNGmEMIpJQDKMNUYMgg5iApI6mjxiAjyiSpysYgiaxclE/MQewAk1iBGoenjCjIQUwMNppskmoMDkAjQHo4IHqABsHUpqhVYFEr1sAq5qDGIXaFkUFDoSCxqLA0tUQ3uaBAN7GoKL9coSy1qDgzP0/ByFTPQM9QUgfoSZA/LwBxADAEAc0HN44=",
);
export const PARQUET_ZSTD = file(
  "eNoLcAwyFGUQ7WES9RHd8b/pEZOMqAOQzybKJsPAwKCxVf+vQttbBoYFTECeAyOQYAARIB4LkMxMYzI4wALRbyXavvPoA04s+pcyMETA9DfYA7UVqzIyVjCKskjamDJIsBUnZ6TmJoqyMIgyqTJJcKWk5iRWKkSXFseqivmsEeYQAuoU5QDKMBUYMog5SMpI6qgxyIgySaqyMUgiKxflEXMQO8Ak1sCoxuEpA3QE0EAGG002STUGB6AZIE0cEE1Ak2CK89Q6GLEoFmtgFXNQ4xB7x8igoVCQWFRYmlqim1xQoJtYVJRfrlCWWlScmZ+nYGSqZ6BnKKkD9CvIu5eAOAAYoAAegD+q",
);
export const PARQUET_PLAIN = file(
  "eNoLcAwyFGUQ7WECob177yxllhF1AAqwibLJMDAwMAGxAyOQYGCE8lgYIICefLgDf0+dcIMdqwMb7CHaBoYWZZG0MWWQYCtOzkjNTRRlYRBlUmWS4EpJzUmsVIguLY5VFfNZI8whBFLKAZRhKjBkEHOQlJHUUWOQEWWSVGVjkERWLgqUFTvEBERqHJ4yoqAAYGKw0WSTVGNwAJoB0sQB0QQ0CUnxKSYsqsVaWMUc1DiAFIOGQkFiUWFpaoluckGBbmJRUX65QllqUXFmfp6CkamegZ6hpA4wVEEBexmIA4CJAwAgr0E3",
);
export const PARQUET_BROTLI = file(
  "eNoLcAwyFGUQ7WEStRLduvPdWkYZUQcgn02UTYaBgUG6lYGBxTIlvYhBukBOg03mJEuFOK/LzEeM89TMmSDadETfX2iexIGpbWaB9rRzP1oSJx/gmqih91dCTpRF0saUQYKtODkjNTdRlIVBlEmVSYIrJTUnsVIhurQ4VlXMZ40whxDQAFEOoAxTgSGDmIOkjKSOGoOMKJOkKhuDJLJyUQ4xB7EDTGJ5ahyeMkDLgeYx2GiySaoxOACNAOnhgOgBGgRTm6BWhkWtWAOrmIMah9g5RgYNhYLEosLS1BLd5IIC3cSiovxyhbLUouLM/DwFI1M9Az1DSR2gF0G+vADEAcDgAwCs0UK6",
);

export const DELAYS_US = Array.from({ length: 32 }, (_, k) => [0, 1, 2, 4][k % 4]!);
export const P1 = Array.from({ length: 32 }, (_, k) => 1 - (k % 2));
