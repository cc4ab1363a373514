/** The model that comes with the project: models/multilingual-e5-small-ar-en (its README.md has the card). */
export const BUNDLED_MODEL = "multilingual-e5-small-ar-en";

/** sha256 of every file of the bundled model, by its path in the model's folder; the same table as in its README.md. */
export const BUNDLED_MODEL_FILES: Readonly<Record<string, string>> = {
  "onnx/model_q4.onnx": "c9e9e88ec3e8ec0f85ccb0a522d9e368a44c5e99e7ab5eb0b3114843adbc9f90",
  "tokenizer.json": "5612134b9c86f6e6ac5440d8f3f14c34400584532d9eac52da92242551a96a64",
  "config.json": "2276c4c0836c731932770271c46639f2b579fee5761181e3f85aaf651431f5b5",
  "tokenizer_config.json": "6790046adc12523fb565e1a49451a17eb26a676908c6a4482f5679906537aac3",
  "special_tokens_map.json": "f3a969484cb8f7cd46554823d48790349b84d57eba948349b93471cef34a8731",
};
