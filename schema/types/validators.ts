/* Generated from schema/*.schema.json by `npm run types`. Do not edit. */
// @ts-nocheck
import type { ValidateFunction } from 'ajv'

/** The check of each kind of document that people write. */
export const validators: Readonly<Record<'capture' | 'config' | 'output' | 'profile' | 'meters' | 'equipped', ValidateFunction>> = {
	capture: validate21,
	config: validate22,
	output: validate39,
	profile: validate51,
	meters: validate66,
	equipped: validate72,
}
"use strict";

const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/capture.schema.json","title":"CaptureHeader","description":"First line of a capture. Every further line is one of the definition Line.","type":"object","additionalProperties":false,"required":["capture","meter","source","license"],"properties":{"capture":{"const":1,"description":"Version of the format."},"meter":{"type":"string","description":"Which meter: operator, maker, model."},"source":{"type":"string","description":"Whence it is: repository, file and commit, or who recorded it when."},"license":{"type":"string","description":"Licence of the source."},"recorded":{"type":"boolean","description":"False: composed, not recorded; `note` says how. True by default."},"note":{"type":"string","description":"Remarks for readers: timing made up, ids replaced, …"},"transport":{"type":"object","description":"Line settings or topic of the recording."},"testKeys":{"type":"object","additionalProperties":false,"description":"Keys that the source published for testing, as hex digits.","properties":{"encryption":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},"authentication":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"}}}},"definitions":{"Line":{"title":"CaptureLine","oneOf":[{"title":"CaptureBytes","type":"object","additionalProperties":false,"required":["t","hex"],"properties":{"t":{"type":"number","minimum":0,"description":"Milliseconds since the start."},"hex":{"type":"string","pattern":"^([0-9A-Fa-f]{2})*$","description":"Bytes as they arrived."}}},{"title":"CaptureMessage","type":"object","additionalProperties":false,"required":["t","topic","payload"],"properties":{"t":{"type":"number","minimum":0,"description":"Milliseconds since the start."},"topic":{"type":"string","description":"MQTT topic."},"payload":{"type":"string","description":"Payload as text."},"retain":{"type":"boolean","description":"True: the broker had kept the message; it is no reading."}}}]}}};
const pattern0 = new RegExp("^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/capture.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.capture === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "capture"},message:"must have required property '"+"capture"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.meter === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meter"},message:"must have required property '"+"meter"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.source === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.license === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "license"},message:"must have required property '"+"license"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "capture") || (key0 === "meter")) || (key0 === "source")) || (key0 === "license")) || (key0 === "recorded")) || (key0 === "note")) || (key0 === "transport")) || (key0 === "testKeys"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.capture !== undefined){
let data0 = data.capture;
if(1 !== data0){
const err5 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema6.properties.capture,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.meter !== undefined){
let data1 = data.meter;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.meter.type,parentSchema:schema6.properties.meter,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.source !== undefined){
let data2 = data.source;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.source.type,parentSchema:schema6.properties.source,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.license !== undefined){
let data3 = data.license;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.license.type,parentSchema:schema6.properties.license,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.recorded !== undefined){
let data4 = data.recorded;
if(typeof data4 !== "boolean"){
const err9 = {instancePath:instancePath+"/recorded",schemaPath:"#/properties/recorded/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema6.properties.recorded.type,parentSchema:schema6.properties.recorded,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.note !== undefined){
let data5 = data.note;
if(typeof data5 !== "string"){
const err10 = {instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.note.type,parentSchema:schema6.properties.note,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.transport !== undefined){
let data6 = data.transport;
if(!(data6 && typeof data6 == "object" && !Array.isArray(data6))){
const err11 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.transport.type,parentSchema:schema6.properties.transport,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.testKeys !== undefined){
let data7 = data.testKeys;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!((key1 === "encryption") || (key1 === "authentication"))){
const err12 = {instancePath:instancePath+"/testKeys",schemaPath:"#/properties/testKeys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.testKeys,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data7.encryption !== undefined){
let data8 = data7.encryption;
if(typeof data8 === "string"){
if(!pattern0.test(data8)){
const err13 = {instancePath:instancePath+"/testKeys/encryption",schemaPath:"#/properties/testKeys/properties/encryption/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema6.properties.testKeys.properties.encryption,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/testKeys/encryption",schemaPath:"#/properties/testKeys/properties/encryption/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.testKeys.properties.encryption.type,parentSchema:schema6.properties.testKeys.properties.encryption,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data7.authentication !== undefined){
let data9 = data7.authentication;
if(typeof data9 === "string"){
if(!pattern0.test(data9)){
const err15 = {instancePath:instancePath+"/testKeys/authentication",schemaPath:"#/properties/testKeys/properties/authentication/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema6.properties.testKeys.properties.authentication,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/testKeys/authentication",schemaPath:"#/properties/testKeys/properties/authentication/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.testKeys.properties.authentication.type,parentSchema:schema6.properties.testKeys.properties.authentication,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/testKeys",schemaPath:"#/properties/testKeys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.testKeys.type,parentSchema:schema6.properties.testKeys,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.type,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}


const schema7 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/config.schema.json","title":"Config","description":"The config of `cii2mqtt run`: the broker, the meters, their keys.","type":"object","additionalProperties":false,"required":["mqtt","meters"],"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"mqtt":{"$ref":"#/definitions/Mqtt"},"root":{"type":"string","pattern":"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$","description":"First level(s) of every topic that is written. cii by default.","maxLength":128,"default":"cii"},"instance":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","description":"Name of this process under cii/bridge. main by default.","default":"main"},"role":{"enum":["both","read","translate"],"description":"`read`: telegrams are framed and go to cii/raw/<shard>/<meter> as they are, no key is needed. `translate`: what readers publish there becomes readings. `both` by default: one process reads and translates.","default":"both"},"shards":{"type":"string","pattern":"^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*$","description":"Shards (00 to 63) that a translator takes; each shard has one. All by default.","examples":["00-31","00-15,40"]},"meterFolders":{"type":"array","items":{"type":"string","pattern":"^[^\\u0000]+$"},"description":"Folders with files of further meters ({\"meters\": […]}), relative to the config, read again when they change. Key files in them are relative to the file.","examples":[["./meters"]]},"profiles":{"type":"array","items":{"type":"string","pattern":"^[^\\u0000]+$"},"description":"Folders with profiles of your own, relative to the config. They shadow built-in profiles of the same name.","examples":[["./my-profiles"]]},"stateDir":{"type":"string","description":"Folder for what must outlive a restart (replay counters, last counter values, what outputs have announced, readings that wait), relative to the config; systemd's STATE_DIRECTORY by default, else nothing is kept.","examples":["/var/lib/cii2mqtt"]},"outputs":{"type":"array","items":{"$ref":"#/definitions/OutputEntry"},"description":"Other conventions that readings are published by: names of files in profiles/outputs/, or in outputs/ of a folder of your own.","examples":[["home-assistant",{"output":"rl-dsp","options":{"group":"house"}}]]},"http":{"$ref":"#/definitions/Http"},"meters":{"type":"array","items":{"$ref":"#/definitions/Meter"},"description":"The meters to read."}},"definitions":{"OutputEntry":{"description":"An output by its name, or with settings of your own.","oneOf":[{"type":"string"},{"$ref":"#/definitions/OutputSettings"}]},"OutputSettings":{"title":"OutputSettings","type":"object","additionalProperties":false,"required":["output"],"description":"An output, for some meters or fields only, less often, rounded, or in other units.","properties":{"output":{"type":"string","description":"Its name.","examples":["rl-dsp"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default."},"fields":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that it gets, with * at the end for all that begin so. All by default.","examples":[["power_net","energy_*"]]},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two readings of a meter at least; those between are left out."},"onChange":{"type":"boolean","default":false,"description":"Only the fields whose values differ from the last ones that it got."},"digits":{"type":"integer","minimum":0,"maximum":6,"description":"Decimal places, after `units`."},"units":{"enum":["base","kilo"],"default":"base","description":"`kilo`: kW, kWh, kvar, kvarh and kVA instead of W, Wh, var, varh and VA."},"options":{"type":"object","description":"Options of the output itself."}}},"Secret":{"title":"Secret","description":"A secret by reference: an environment variable, or a file's content.","oneOf":[{"type":"object","additionalProperties":false,"required":["$env"],"properties":{"$env":{"type":"string","description":"Name of an environment variable."}}},{"type":"object","additionalProperties":false,"required":["$file"],"properties":{"$file":{"type":"string","description":"Path of a file, relative to the config."}}}]},"Mqtt":{"title":"Mqtt","type":"object","additionalProperties":false,"description":"The broker: a `url`, or `embedded`.","properties":{"url":{"type":"string","pattern":"^(mqtts?|wss?)://","description":"mqtt://host:1883, mqtts://host:8883, ws://host:9001.","examples":["mqtt://localhost:1883"]},"username":{"type":"string","description":"User name.","examples":["hackday"]},"password":{"$ref":"#/definitions/Secret"},"clientId":{"type":"string","maxLength":64,"description":"Client id. cii2mqtt-<instance> by default."},"ca":{"type":"string","description":"TLS: file of the certificate authority (PEM), relative to the config.","examples":["ca.crt"]},"cert":{"type":"string","description":"TLS: file of the client's certificate (PEM)."},"key":{"type":"string","description":"TLS: file of the client's private key (PEM)."},"servername":{"type":"string","description":"TLS: name in the broker's certificate, where it is not the host of the url."},"outbox":{"type":"object","additionalProperties":false,"description":"Readings that wait while the broker is away. Beyond the limits the oldest go, counted.","properties":{"messages":{"type":"integer","minimum":100,"maximum":1000000,"description":"10000 by default.","default":10000},"bytes":{"type":"integer","minimum":100000,"maximum":1000000000,"description":"16 MB by default.","default":16777216},"disk":{"type":"boolean","description":"True: readings are in stateDir until the broker has acknowledged them, and outlive the process: a kill loses none, a power cut those of the last second. False by default.","default":false}}},"embedded":{"type":"object","additionalProperties":false,"description":"A broker inside this process (MQTT 3.1.1): demo, tests, small homes.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 1883 by default.","default":1883},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default.","default":"127.0.0.1"}}}}},"Http":{"title":"Http","type":"object","additionalProperties":false,"description":"The dashboard on /, /health and /metrics (Prometheus). Off without this.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 8080 by default.","default":8080},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default: whoever reaches it may see the readings.","default":"127.0.0.1"},"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+$"},"description":"Public names that the page is opened by, behind a proxy. Addresses, names without a dot and those in .local, .lan, .internal and .home.arpa need none.","examples":[["meter.example.org"]]},"broker":{"type":"string","pattern":"^wss?://","description":"The broker's WebSocket address for the page, where the broker is not embedded: a second listener of mosquitto.","examples":["ws://192.168.1.10:9001"]}}},"MeterTransport":{"title":"MeterTransport","type":"object","additionalProperties":true,"description":"Where the bytes or messages come from; the rest is laid over the profile's transport: line, topic, levels, …; a `kind` of its own replaces it.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]}},"examples":[{"path":"/dev/ttyUSB0"},{"path":"/dev/ttyUSB0","line":"9600 8N1"},{"host":"192.168.1.50","port":3333}]},"Meter":{"title":"Meter","type":"object","additionalProperties":false,"required":["name","profile"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","not":{"enum":["bridge","raw"]},"description":"Name in the topics, cii/<name>/reading: A-Z, a-z, 0-9, _ and -, 64 at most; not bridge, not raw.","examples":["house"]},"profile":{"type":"string","pattern":"^(common/)?[a-z0-9-]+$","description":"Profile that describes the meter, or a fragment that says enough.","examples":["ekz-e450","common/sml"]},"id":{"type":"string","minLength":1,"maxLength":64,"description":"The meter's id, for meters that send none.","examples":["12345"]},"enabled":{"type":"boolean","description":"False: the meter is not read. True by default.","default":true},"raw":{"type":"boolean","description":"True: the bytes of each telegram go to cii/raw/<shard>/<meter> as well. False by default.","default":false},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams of this meter or adapter, where that differs from the profile: three times this without one, and the meter is offline. A slower one is learned from what arrives.","examples":[60]},"transport":{"$ref":"#/definitions/MeterTransport"},"decoder":{"type":"object","description":"Laid over the profile's decoder, for what differs from meter to meter (scalers behind current transformers).","examples":[{"registers":{"A":{"scaler":0}}}]},"expect":{"type":"object","description":"Laid over the profile's `expect`: what this connection can carry.","examples":[{"power_import":{"max":17250}}]},"reset":{"type":"string","maxLength":200,"description":"States that the meter starts over (swapped, set back): when this text changes, replay counters and last values are forgotten.","examples":["2026-11-23: new meter"]},"keys":{"type":"object","additionalProperties":false,"description":"Keys of a ciphered meter: 32 or 64 hex digits each.","properties":{"encryption":{"$ref":"#/definitions/Secret"},"authentication":{"$ref":"#/definitions/Secret"}}}}}}};
const func2 = Object.prototype.hasOwnProperty;
const func4 = (text: string) => [...text].length;
const schema8 = {"title":"Mqtt","type":"object","additionalProperties":false,"description":"The broker: a `url`, or `embedded`.","properties":{"url":{"type":"string","pattern":"^(mqtts?|wss?)://","description":"mqtt://host:1883, mqtts://host:8883, ws://host:9001.","examples":["mqtt://localhost:1883"]},"username":{"type":"string","description":"User name.","examples":["hackday"]},"password":{"$ref":"#/definitions/Secret"},"clientId":{"type":"string","maxLength":64,"description":"Client id. cii2mqtt-<instance> by default."},"ca":{"type":"string","description":"TLS: file of the certificate authority (PEM), relative to the config.","examples":["ca.crt"]},"cert":{"type":"string","description":"TLS: file of the client's certificate (PEM)."},"key":{"type":"string","description":"TLS: file of the client's private key (PEM)."},"servername":{"type":"string","description":"TLS: name in the broker's certificate, where it is not the host of the url."},"outbox":{"type":"object","additionalProperties":false,"description":"Readings that wait while the broker is away. Beyond the limits the oldest go, counted.","properties":{"messages":{"type":"integer","minimum":100,"maximum":1000000,"description":"10000 by default.","default":10000},"bytes":{"type":"integer","minimum":100000,"maximum":1000000000,"description":"16 MB by default.","default":16777216},"disk":{"type":"boolean","description":"True: readings are in stateDir until the broker has acknowledged them, and outlive the process: a kill loses none, a power cut those of the last second. False by default.","default":false}}},"embedded":{"type":"object","additionalProperties":false,"description":"A broker inside this process (MQTT 3.1.1): demo, tests, small homes.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 1883 by default.","default":1883},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default.","default":"127.0.0.1"}}}}};
const pattern2 = new RegExp("^(mqtts?|wss?)://", "u");
const schema9 = {"title":"Secret","description":"A secret by reference: an environment variable, or a file's content.","oneOf":[{"type":"object","additionalProperties":false,"required":["$env"],"properties":{"$env":{"type":"string","description":"Name of an environment variable."}}},{"type":"object","additionalProperties":false,"required":["$file"],"properties":{"$file":{"type":"string","description":"Path of a file, relative to the config."}}}]};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$env === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "$env"},message:"must have required property '"+"$env"+"'",schema:schema9.oneOf[0].required,parentSchema:schema9.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "$env")){
const err1 = {instancePath,schemaPath:"#/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema9.oneOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$env !== undefined){
let data0 = data.$env;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$env",schemaPath:"#/oneOf/0/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.oneOf[0].properties.$env.type,parentSchema:schema9.oneOf[0].properties.$env,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.oneOf[0].type,parentSchema:schema9.oneOf[0],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$file === undefined){
const err4 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "$file"},message:"must have required property '"+"$file"+"'",schema:schema9.oneOf[1].required,parentSchema:schema9.oneOf[1],data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data){
if(!(key1 === "$file")){
const err5 = {instancePath,schemaPath:"#/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema9.oneOf[1],data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.$file !== undefined){
let data1 = data.$file;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/$file",schemaPath:"#/oneOf/1/properties/%24file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.oneOf[1].properties.$file.type,parentSchema:schema9.oneOf[1].properties.$file,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.oneOf[1].type,parentSchema:schema9.oneOf[1],data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs6 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err8 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema9.oneOf,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate24.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(!pattern2.test(data0)){
const err1 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema8.properties.url,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.url.type,parentSchema:schema8.properties.url,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.username !== undefined){
let data1 = data.username;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.username.type,parentSchema:schema8.properties.username,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.password !== undefined){
if(!(validate24(data.password, {instancePath:instancePath+"/password",parentData:data,parentDataProperty:"password",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.clientId !== undefined){
let data3 = data.clientId;
if(typeof data3 === "string"){
if(func4(data3) > 64){
const err4 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema8.properties.clientId,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.clientId.type,parentSchema:schema8.properties.clientId,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.ca !== undefined){
let data4 = data.ca;
if(typeof data4 !== "string"){
const err6 = {instancePath:instancePath+"/ca",schemaPath:"#/properties/ca/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.ca.type,parentSchema:schema8.properties.ca,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cert !== undefined){
let data5 = data.cert;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/cert",schemaPath:"#/properties/cert/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.cert.type,parentSchema:schema8.properties.cert,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.key !== undefined){
let data6 = data.key;
if(typeof data6 !== "string"){
const err8 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.key.type,parentSchema:schema8.properties.key,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.servername !== undefined){
let data7 = data.servername;
if(typeof data7 !== "string"){
const err9 = {instancePath:instancePath+"/servername",schemaPath:"#/properties/servername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.servername.type,parentSchema:schema8.properties.servername,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.outbox !== undefined){
let data8 = data.outbox;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
if(!(((key1 === "messages") || (key1 === "bytes")) || (key1 === "disk"))){
const err10 = {instancePath:instancePath+"/outbox",schemaPath:"#/properties/outbox/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema8.properties.outbox,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data8.messages !== undefined){
let data9 = data8.messages;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err11 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema8.properties.outbox.properties.messages.type,parentSchema:schema8.properties.outbox.properties.messages,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000000 || isNaN(data9)){
const err12 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema8.properties.outbox.properties.messages,data:data9};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data9 < 100 || isNaN(data9)){
const err13 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema8.properties.outbox.properties.messages,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data8.bytes !== undefined){
let data10 = data8.bytes;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err14 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema8.properties.outbox.properties.bytes.type,parentSchema:schema8.properties.outbox.properties.bytes,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000000 || isNaN(data10)){
const err15 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema8.properties.outbox.properties.bytes,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data10 < 100000 || isNaN(data10)){
const err16 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100000},message:"must be >= 100000",schema:100000,parentSchema:schema8.properties.outbox.properties.bytes,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data8.disk !== undefined){
let data11 = data8.disk;
if(typeof data11 !== "boolean"){
const err17 = {instancePath:instancePath+"/outbox/disk",schemaPath:"#/properties/outbox/properties/disk/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema8.properties.outbox.properties.disk.type,parentSchema:schema8.properties.outbox.properties.disk,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/outbox",schemaPath:"#/properties/outbox/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.outbox.type,parentSchema:schema8.properties.outbox,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.embedded !== undefined){
let data12 = data.embedded;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key2 in data12){
if(!((key2 === "port") || (key2 === "host"))){
const err19 = {instancePath:instancePath+"/embedded",schemaPath:"#/properties/embedded/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema8.properties.embedded,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data12.port !== undefined){
let data13 = data12.port;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err20 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema8.properties.embedded.properties.port.type,parentSchema:schema8.properties.embedded.properties.port,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 65535 || isNaN(data13)){
const err21 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema8.properties.embedded.properties.port,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err22 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema8.properties.embedded.properties.port,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data12.host !== undefined){
let data14 = data12.host;
if(typeof data14 !== "string"){
const err23 = {instancePath:instancePath+"/embedded/host",schemaPath:"#/properties/embedded/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.embedded.properties.host.type,parentSchema:schema8.properties.embedded.properties.host,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/embedded",schemaPath:"#/properties/embedded/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.embedded.type,parentSchema:schema8.properties.embedded,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.type,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

const schema10 = {"description":"An output by its name, or with settings of your own.","oneOf":[{"type":"string"},{"$ref":"#/definitions/OutputSettings"}]};
const schema11 = {"title":"OutputSettings","type":"object","additionalProperties":false,"required":["output"],"description":"An output, for some meters or fields only, less often, rounded, or in other units.","properties":{"output":{"type":"string","description":"Its name.","examples":["rl-dsp"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default."},"fields":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that it gets, with * at the end for all that begin so. All by default.","examples":[["power_net","energy_*"]]},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two readings of a meter at least; those between are left out."},"onChange":{"type":"boolean","default":false,"description":"Only the fields whose values differ from the last ones that it got."},"digits":{"type":"integer","minimum":0,"maximum":6,"description":"Decimal places, after `units`."},"units":{"enum":["base","kilo"],"default":"base","description":"`kilo`: kW, kWh, kvar, kvarh and kVA instead of W, Wh, var, varh and VA."},"options":{"type":"object","description":"Options of the output itself."}}};
const pattern8 = new RegExp("^[a-z0-9_.]+\\*?$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.output === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "output") || (key0 === "meters")) || (key0 === "fields")) || (key0 === "interval")) || (key0 === "onChange")) || (key0 === "digits")) || (key0 === "units")) || (key0 === "options"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.output !== undefined){
let data0 = data.output;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.output.type,parentSchema:schema11.properties.output,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.meters !== undefined){
let data1 = data.meters;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/meters/" + i0,schemaPath:"#/properties/meters/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.meters.items.type,parentSchema:schema11.properties.meters.items,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/meters",schemaPath:"#/properties/meters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.meters.type,parentSchema:schema11.properties.meters,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.fields !== undefined){
let data3 = data.fields;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 === "string"){
if(!pattern8.test(data4)){
const err5 = {instancePath:instancePath+"/fields/" + i1,schemaPath:"#/properties/fields/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_.]+\\*?$"},message:"must match pattern \""+"^[a-z0-9_.]+\\*?$"+"\"",schema:"^[a-z0-9_.]+\\*?$",parentSchema:schema11.properties.fields.items,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/fields/" + i1,schemaPath:"#/properties/fields/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.fields.items.type,parentSchema:schema11.properties.fields.items,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/fields",schemaPath:"#/properties/fields/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.fields.type,parentSchema:schema11.properties.fields,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.interval !== undefined){
let data5 = data.interval;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 86400 || isNaN(data5)){
const err8 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema11.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data5 <= 0 || isNaN(data5)){
const err9 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema11.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.interval.type,parentSchema:schema11.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.onChange !== undefined){
let data6 = data.onChange;
if(typeof data6 !== "boolean"){
const err11 = {instancePath:instancePath+"/onChange",schemaPath:"#/properties/onChange/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.onChange.type,parentSchema:schema11.properties.onChange,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.digits !== undefined){
let data7 = data.digits;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err12 = {instancePath:instancePath+"/digits",schemaPath:"#/properties/digits/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.digits.type,parentSchema:schema11.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 6 || isNaN(data7)){
const err13 = {instancePath:instancePath+"/digits",schemaPath:"#/properties/digits/maximum",keyword:"maximum",params:{comparison: "<=", limit: 6},message:"must be <= 6",schema:6,parentSchema:schema11.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/digits",schemaPath:"#/properties/digits/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.units !== undefined){
let data8 = data.units;
if(!((data8 === "base") || (data8 === "kilo"))){
const err15 = {instancePath:instancePath+"/units",schemaPath:"#/properties/units/enum",keyword:"enum",params:{allowedValues: schema11.properties.units.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.units.enum,parentSchema:schema11.properties.units,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.options !== undefined){
let data9 = data.options;
if(!(data9 && typeof data9 == "object" && !Array.isArray(data9))){
const err16 = {instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.options.type,parentSchema:schema11.properties.options,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}


function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema10.oneOf[0].type,parentSchema:schema10.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(!(validate28(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err1 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema10.oneOf,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate27.errors = vErrors;
return errors === 0;
}

const schema12 = {"title":"Http","type":"object","additionalProperties":false,"description":"The dashboard on /, /health and /metrics (Prometheus). Off without this.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 8080 by default.","default":8080},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default: whoever reaches it may see the readings.","default":"127.0.0.1"},"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+$"},"description":"Public names that the page is opened by, behind a proxy. Addresses, names without a dot and those in .local, .lan, .internal and .home.arpa need none.","examples":[["meter.example.org"]]},"broker":{"type":"string","pattern":"^wss?://","description":"The broker's WebSocket address for the page, where the broker is not embedded: a second listener of mosquitto.","examples":["ws://192.168.1.10:9001"]}}};
const pattern9 = new RegExp("^[a-z0-9.-]+$", "u");
const pattern10 = new RegExp("^wss?://", "u");

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "port") || (key0 === "host")) || (key0 === "names")) || (key0 === "broker"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.port !== undefined){
let data0 = data.port;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.port.type,parentSchema:schema12.properties.port,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65535 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema12.properties.port,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.port,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.host.type,parentSchema:schema12.properties.host,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.names !== undefined){
let data2 = data.names;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern9.test(data3)){
const err5 = {instancePath:instancePath+"/names/" + i0,schemaPath:"#/properties/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9.-]+$"},message:"must match pattern \""+"^[a-z0-9.-]+$"+"\"",schema:"^[a-z0-9.-]+$",parentSchema:schema12.properties.names.items,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/names/" + i0,schemaPath:"#/properties/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.names.items.type,parentSchema:schema12.properties.names.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/names",schemaPath:"#/properties/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.names.type,parentSchema:schema12.properties.names,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.broker !== undefined){
let data4 = data.broker;
if(typeof data4 === "string"){
if(!pattern10.test(data4)){
const err8 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/pattern",keyword:"pattern",params:{pattern: "^wss?://"},message:"must match pattern \""+"^wss?://"+"\"",schema:"^wss?://",parentSchema:schema12.properties.broker,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.broker.type,parentSchema:schema12.properties.broker,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const schema13 = {"title":"Meter","type":"object","additionalProperties":false,"required":["name","profile"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","not":{"enum":["bridge","raw"]},"description":"Name in the topics, cii/<name>/reading: A-Z, a-z, 0-9, _ and -, 64 at most; not bridge, not raw.","examples":["house"]},"profile":{"type":"string","pattern":"^(common/)?[a-z0-9-]+$","description":"Profile that describes the meter, or a fragment that says enough.","examples":["ekz-e450","common/sml"]},"id":{"type":"string","minLength":1,"maxLength":64,"description":"The meter's id, for meters that send none.","examples":["12345"]},"enabled":{"type":"boolean","description":"False: the meter is not read. True by default.","default":true},"raw":{"type":"boolean","description":"True: the bytes of each telegram go to cii/raw/<shard>/<meter> as well. False by default.","default":false},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams of this meter or adapter, where that differs from the profile: three times this without one, and the meter is offline. A slower one is learned from what arrives.","examples":[60]},"transport":{"$ref":"#/definitions/MeterTransport"},"decoder":{"type":"object","description":"Laid over the profile's decoder, for what differs from meter to meter (scalers behind current transformers).","examples":[{"registers":{"A":{"scaler":0}}}]},"expect":{"type":"object","description":"Laid over the profile's `expect`: what this connection can carry.","examples":[{"power_import":{"max":17250}}]},"reset":{"type":"string","maxLength":200,"description":"States that the meter starts over (swapped, set back): when this text changes, replay counters and last values are forgotten.","examples":["2026-11-23: new meter"]},"keys":{"type":"object","additionalProperties":false,"description":"Keys of a ciphered meter: 32 or 64 hex digits each.","properties":{"encryption":{"$ref":"#/definitions/Secret"},"authentication":{"$ref":"#/definitions/Secret"}}}}};
const pattern4 = new RegExp("^[A-Za-z0-9_-]{1,64}$", "u");
const pattern12 = new RegExp("^(common/)?[a-z0-9-]+$", "u");
const schema14 = {"title":"MeterTransport","type":"object","additionalProperties":true,"description":"Where the bytes or messages come from; the rest is laid over the profile's transport: line, topic, levels, …; a `kind` of its own replaces it.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]}},"examples":[{"path":"/dev/ttyUSB0"},{"path":"/dev/ttyUSB0","line":"9600 8N1"},{"host":"192.168.1.50","port":3333}]};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path !== undefined){
let data0 = data.path;
if((typeof data0 !== "string") && (data0 !== null)){
const err0 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: schema14.properties.path.type},message:"must be string,null",schema:schema14.properties.path.type,parentSchema:schema14.properties.path,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host !== undefined){
let data1 = data.host;
if((typeof data1 !== "string") && (data1 !== null)){
const err1 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: schema14.properties.host.type},message:"must be string,null",schema:schema14.properties.host.type,parentSchema:schema14.properties.host,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.port !== undefined){
let data2 = data.port;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
const err2 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: schema14.properties.port.type},message:"must be integer,null",schema:schema14.properties.port.type,parentSchema:schema14.properties.port,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 65535 || isNaN(data2)){
const err3 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema14.properties.port,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err4 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema14.properties.port,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.url !== undefined){
let data3 = data.url;
if((typeof data3 !== "string") && (data3 !== null)){
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: schema14.properties.url.type},message:"must be string,null",schema:schema14.properties.url.type,parentSchema:schema14.properties.url,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern2.test(data3)){
const err6 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema14.properties.url,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.type,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}


function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.profile === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "profile"},message:"must have required property '"+"profile"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
const _errs4 = errors;
const _errs5 = errors;
if(!((data0 === "bridge") || (data0 === "raw"))){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var valid1 = _errs5 === errors;
if(valid1){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema13.properties.name.not,parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9_-]{1,64}$"+"\"",schema:"^[A-Za-z0-9_-]{1,64}$",parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.name.type,parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.profile !== undefined){
let data1 = data.profile;
if(typeof data1 === "string"){
if(!pattern12.test(data1)){
const err7 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/pattern",keyword:"pattern",params:{pattern: "^(common/)?[a-z0-9-]+$"},message:"must match pattern \""+"^(common/)?[a-z0-9-]+$"+"\"",schema:"^(common/)?[a-z0-9-]+$",parentSchema:schema13.properties.profile,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.profile.type,parentSchema:schema13.properties.profile,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.id !== undefined){
let data2 = data.id;
if(typeof data2 === "string"){
if(func4(data2) > 64){
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema13.properties.id,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func4(data2) < 1){
const err10 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.id,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.id.type,parentSchema:schema13.properties.id,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.enabled !== undefined){
let data3 = data.enabled;
if(typeof data3 !== "boolean"){
const err12 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.enabled.type,parentSchema:schema13.properties.enabled,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.raw !== undefined){
let data4 = data.raw;
if(typeof data4 !== "boolean"){
const err13 = {instancePath:instancePath+"/raw",schemaPath:"#/properties/raw/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.raw.type,parentSchema:schema13.properties.raw,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.interval !== undefined){
let data5 = data.interval;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 86400 || isNaN(data5)){
const err14 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema13.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5 <= 0 || isNaN(data5)){
const err15 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema13.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema13.properties.interval.type,parentSchema:schema13.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.transport !== undefined){
if(!(validate34(data.transport, {instancePath:instancePath+"/transport",parentData:data,parentDataProperty:"transport",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.decoder !== undefined){
let data7 = data.decoder;
if(!(data7 && typeof data7 == "object" && !Array.isArray(data7))){
const err17 = {instancePath:instancePath+"/decoder",schemaPath:"#/properties/decoder/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.decoder.type,parentSchema:schema13.properties.decoder,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.expect !== undefined){
let data8 = data.expect;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
const err18 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.expect.type,parentSchema:schema13.properties.expect,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.reset !== undefined){
let data9 = data.reset;
if(typeof data9 === "string"){
if(func4(data9) > 200){
const err19 = {instancePath:instancePath+"/reset",schemaPath:"#/properties/reset/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema13.properties.reset,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/reset",schemaPath:"#/properties/reset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.reset.type,parentSchema:schema13.properties.reset,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.keys !== undefined){
let data10 = data.keys;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
if(!((key1 === "encryption") || (key1 === "authentication"))){
const err21 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema13.properties.keys,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data10.encryption !== undefined){
if(!(validate24(data10.encryption, {instancePath:instancePath+"/keys/encryption",parentData:data10,parentDataProperty:"encryption",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data10.authentication !== undefined){
if(!(validate24(data10.authentication, {instancePath:instancePath+"/keys/authentication",parentData:data10,parentDataProperty:"authentication",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.keys.type,parentSchema:schema13.properties.keys,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}

const pattern3 = new RegExp("^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$", "u");
const pattern5 = new RegExp("^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*$", "u");
const pattern6 = new RegExp("^[^\\u0000]+$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/config.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mqtt === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mqtt"},message:"must have required property '"+"mqtt"+"'",schema:schema7.required,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.meters === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meters"},message:"must have required property '"+"meters"+"'",schema:schema7.required,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema7.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.$schema.type,parentSchema:schema7.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.mqtt !== undefined){
if(!(validate23(data.mqtt, {instancePath:instancePath+"/mqtt",parentData:data,parentDataProperty:"mqtt",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.root !== undefined){
let data2 = data.root;
if(typeof data2 === "string"){
if(func4(data2) > 128){
const err4 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema7.properties.root,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!pattern3.test(data2)){
const err5 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/pattern",keyword:"pattern",params:{pattern: "^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$"},message:"must match pattern \""+"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$"+"\"",schema:"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$",parentSchema:schema7.properties.root,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.root.type,parentSchema:schema7.properties.root,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.instance !== undefined){
let data3 = data.instance;
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err7 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9_-]{1,64}$"+"\"",schema:"^[A-Za-z0-9_-]{1,64}$",parentSchema:schema7.properties.instance,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.instance.type,parentSchema:schema7.properties.instance,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.role !== undefined){
let data4 = data.role;
if(!(((data4 === "both") || (data4 === "read")) || (data4 === "translate"))){
const err9 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema7.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema7.properties.role.enum,parentSchema:schema7.properties.role,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.shards !== undefined){
let data5 = data.shards;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err10 = {instancePath:instancePath+"/shards",schemaPath:"#/properties/shards/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*$"},message:"must match pattern \""+"^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*$"+"\"",schema:"^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*$",parentSchema:schema7.properties.shards,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/shards",schemaPath:"#/properties/shards/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.shards.type,parentSchema:schema7.properties.shards,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.meterFolders !== undefined){
let data6 = data.meterFolders;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern6.test(data7)){
const err12 = {instancePath:instancePath+"/meterFolders/" + i0,schemaPath:"#/properties/meterFolders/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\"",schema:"^[^\\u0000]+$",parentSchema:schema7.properties.meterFolders.items,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/meterFolders/" + i0,schemaPath:"#/properties/meterFolders/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.meterFolders.items.type,parentSchema:schema7.properties.meterFolders.items,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/meterFolders",schemaPath:"#/properties/meterFolders/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.meterFolders.type,parentSchema:schema7.properties.meterFolders,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.profiles !== undefined){
let data8 = data.profiles;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(!pattern6.test(data9)){
const err15 = {instancePath:instancePath+"/profiles/" + i1,schemaPath:"#/properties/profiles/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\"",schema:"^[^\\u0000]+$",parentSchema:schema7.properties.profiles.items,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/profiles/" + i1,schemaPath:"#/properties/profiles/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.profiles.items.type,parentSchema:schema7.properties.profiles.items,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/profiles",schemaPath:"#/properties/profiles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.profiles.type,parentSchema:schema7.properties.profiles,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.stateDir !== undefined){
let data10 = data.stateDir;
if(typeof data10 !== "string"){
const err18 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.stateDir.type,parentSchema:schema7.properties.stateDir,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.outputs !== undefined){
let data11 = data.outputs;
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
if(!(validate27(data11[i2], {instancePath:instancePath+"/outputs/" + i2,parentData:data11,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.outputs.type,parentSchema:schema7.properties.outputs,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.http !== undefined){
if(!(validate31(data.http, {instancePath:instancePath+"/http",parentData:data,parentDataProperty:"http",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.meters !== undefined){
let data14 = data.meters;
if(Array.isArray(data14)){
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
if(!(validate33(data14[i3], {instancePath:instancePath+"/meters/" + i3,parentData:data14,parentDataProperty:i3,rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/meters",schemaPath:"#/properties/meters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.meters.type,parentSchema:schema7.properties.meters,data:data14};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.type,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}


const schema15 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/output.schema.json","title":"Output","description":"How readings are published by another convention: expressions that give messages.","type":"object","additionalProperties":false,"required":["output","version","title","samples"],"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"output":{"type":"string","pattern":"^[a-z0-9-]+$","description":"The output's name: the file's name without .json.","examples":["rl-dsp"]},"version":{"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the output (semver).","examples":["1.0.0"]},"title":{"type":"string","minLength":1,"description":"One line for people.","examples":["RL-DSP, as smartmeter-datacollector sends it"]},"description":{"type":"string","description":"Remarks of the author for the next one."},"admits":{"type":"array","items":{"enum":["fields","interval","onChange","digits","units"]},"description":"Options that the config may set besides `meters` and `options`. All by default. An output that only points at the topics of the meter admits neither `units` nor `digits`.","default":["fields","interval","onChange","digits","units"]},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Names that the config may set under `options`, and their defaults.","examples":[{"group":"building"}]},"reading":{"$ref":"#/definitions/Expression","description":"Gives the messages of each reading."},"announce":{"$ref":"#/definitions/Expression","description":"Gives the messages that describe a meter: when its first reading came, when it has new fields, another profile or none."},"bridge":{"$ref":"#/definitions/Expression","description":"Gives the messages that describe this process: once at its start."},"birth":{"type":"object","additionalProperties":false,"required":["topic","payload"],"description":"A message after which everything is announced again. `topic` is an expression that sees `options`.","properties":{"topic":{"type":"string"},"payload":{"type":"string"}},"examples":[{"topic":"options.prefix & '/status'","payload":"online"}]},"samples":{"type":"array","items":{"$ref":"#/definitions/Sample"},"description":"Messages that it must give for a reading. An edit that gives others is refused."}},"definitions":{"Option":{"description":"A text, number or boolean, or names with texts.","anyOf":[{"type":["string","number","boolean"]},{"type":"object","additionalProperties":{"type":"string"}}]},"Expression":{"description":"JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},"Sample":{"type":"object","additionalProperties":false,"required":["on","messages"],"properties":{"on":{"enum":["reading","announce","bridge"],"description":"Which expression."},"reading":{"type":"object","description":"A reading; what is missing in its head is filled in."},"meter":{"type":"object","description":"The section `meter` of the meter's profile."},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Laid over the defaults."},"messages":{"type":"array","items":{"$ref":"#/definitions/Message"},"description":"The messages that must come out; `payload` as the object that it is."}}},"Message":{"type":"object","additionalProperties":false,"required":["topic","payload"],"properties":{"topic":{"type":"string","minLength":1,"maxLength":512,"description":"Where to: no + or #. $level(text) makes a level of any text."},"payload":{"description":"An object is sent as JSON, a number or boolean as text. Empty text clears a retained message."},"retain":{"type":"boolean","default":false,"description":"Whether the broker keeps it."},"qos":{"enum":[0,1],"default":1,"description":"1: at least once. 0 is sent as 1 as well: it waits while the broker is away."}}}}};
const pattern14 = new RegExp("^[a-z0-9-]+$", "u");
const pattern15 = new RegExp("^\\d+\\.\\d+\\.\\d+$", "u");
const schema16 = {"description":"A text, number or boolean, or names with texts.","anyOf":[{"type":["string","number","boolean"]},{"type":"object","additionalProperties":{"type":"string"}}]};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(((typeof data !== "string") && (!((typeof data == "number") && (isFinite(data))))) && (typeof data !== "boolean")){
const err0 = {instancePath,schemaPath:"#/anyOf/0/type",keyword:"type",params:{type: schema16.anyOf[0].type},message:"must be string,number,boolean",schema:schema16.anyOf[0].type,parentSchema:schema16.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/anyOf/1/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.anyOf[1].additionalProperties.type,parentSchema:schema16.anyOf[1].additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema16.anyOf[1].type,parentSchema:schema16.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema16.anyOf,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate40.errors = vErrors;
return errors === 0;
}

const schema17 = {"description":"JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.oneOf[0].type,parentSchema:schema17.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.oneOf[1].items.type,parentSchema:schema17.oneOf[1].items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema17.oneOf[1].type,parentSchema:schema17.oneOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema17.oneOf,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate42.errors = vErrors;
return errors === 0;
}

const schema18 = {"type":"object","additionalProperties":false,"required":["on","messages"],"properties":{"on":{"enum":["reading","announce","bridge"],"description":"Which expression."},"reading":{"type":"object","description":"A reading; what is missing in its head is filled in."},"meter":{"type":"object","description":"The section `meter` of the meter's profile."},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Laid over the defaults."},"messages":{"type":"array","items":{"$ref":"#/definitions/Message"},"description":"The messages that must come out; `payload` as the object that it is."}}};
const schema19 = {"type":"object","additionalProperties":false,"required":["topic","payload"],"properties":{"topic":{"type":"string","minLength":1,"maxLength":512,"description":"Where to: no + or #. $level(text) makes a level of any text."},"payload":{"description":"An object is sent as JSON, a number or boolean as text. Empty text clears a retained message."},"retain":{"type":"boolean","default":false,"description":"Whether the broker keeps it."},"qos":{"enum":[0,1],"default":1,"description":"1: at least once. 0 is sent as 1 as well: it waits while the broker is away."}}};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.topic === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "topic"},message:"must have required property '"+"topic"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.payload === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "payload"},message:"must have required property '"+"payload"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "topic") || (key0 === "payload")) || (key0 === "retain")) || (key0 === "qos"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.topic !== undefined){
let data0 = data.topic;
if(typeof data0 === "string"){
if(func4(data0) > 512){
const err3 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema19.properties.topic,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(func4(data0) < 1){
const err4 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema19.properties.topic,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.topic.type,parentSchema:schema19.properties.topic,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.retain !== undefined){
let data1 = data.retain;
if(typeof data1 !== "boolean"){
const err6 = {instancePath:instancePath+"/retain",schemaPath:"#/properties/retain/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema19.properties.retain.type,parentSchema:schema19.properties.retain,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.qos !== undefined){
let data2 = data.qos;
if(!((data2 === 0) || (data2 === 1))){
const err7 = {instancePath:instancePath+"/qos",schemaPath:"#/properties/qos/enum",keyword:"enum",params:{allowedValues: schema19.properties.qos.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.qos.enum,parentSchema:schema19.properties.qos,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate48.errors = vErrors;
return errors === 0;
}


function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.on === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'",schema:schema18.required,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.messages === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "messages"},message:"must have required property '"+"messages"+"'",schema:schema18.required,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "on") || (key0 === "reading")) || (key0 === "meter")) || (key0 === "options")) || (key0 === "messages"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.on !== undefined){
let data0 = data.on;
if(!(((data0 === "reading") || (data0 === "announce")) || (data0 === "bridge"))){
const err3 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/enum",keyword:"enum",params:{allowedValues: schema18.properties.on.enum},message:"must be equal to one of the allowed values",schema:schema18.properties.on.enum,parentSchema:schema18.properties.on,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.reading !== undefined){
let data1 = data.reading;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err4 = {instancePath:instancePath+"/reading",schemaPath:"#/properties/reading/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.reading.type,parentSchema:schema18.properties.reading,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.meter !== undefined){
let data2 = data.meter;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err5 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.meter.type,parentSchema:schema18.properties.meter,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.options !== undefined){
let data3 = data.options;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(validate40(data3[key1], {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data3,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.options.type,parentSchema:schema18.properties.options,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.messages !== undefined){
let data5 = data.messages;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate48(data5[i0], {instancePath:instancePath+"/messages/" + i0,parentData:data5,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/messages",schemaPath:"#/properties/messages/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema18.properties.messages.type,parentSchema:schema18.properties.messages,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.type,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}


function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/output.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.output === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.title === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.samples === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "samples"},message:"must have required property '"+"samples"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema15.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.$schema.type,parentSchema:schema15.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.output !== undefined){
let data1 = data.output;
if(typeof data1 === "string"){
if(!pattern14.test(data1)){
const err6 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema15.properties.output,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.output.type,parentSchema:schema15.properties.output,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.version !== undefined){
let data2 = data.version;
if(typeof data2 === "string"){
if(!pattern15.test(data2)){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema15.properties.version,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.version.type,parentSchema:schema15.properties.version,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.title !== undefined){
let data3 = data.title;
if(typeof data3 === "string"){
if(func4(data3) < 1){
const err10 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema15.properties.title,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.title.type,parentSchema:schema15.properties.title,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.description !== undefined){
let data4 = data.description;
if(typeof data4 !== "string"){
const err12 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.description.type,parentSchema:schema15.properties.description,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.admits !== undefined){
let data5 = data.admits;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(!(((((data6 === "fields") || (data6 === "interval")) || (data6 === "onChange")) || (data6 === "digits")) || (data6 === "units"))){
const err13 = {instancePath:instancePath+"/admits/" + i0,schemaPath:"#/properties/admits/items/enum",keyword:"enum",params:{allowedValues: schema15.properties.admits.items.enum},message:"must be equal to one of the allowed values",schema:schema15.properties.admits.items.enum,parentSchema:schema15.properties.admits.items,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/admits",schemaPath:"#/properties/admits/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema15.properties.admits.type,parentSchema:schema15.properties.admits,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.options !== undefined){
let data7 = data.options;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!(validate40(data7[key1], {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.properties.options.type,parentSchema:schema15.properties.options,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.reading !== undefined){
if(!(validate42(data.reading, {instancePath:instancePath+"/reading",parentData:data,parentDataProperty:"reading",rootData}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.announce !== undefined){
if(!(validate42(data.announce, {instancePath:instancePath+"/announce",parentData:data,parentDataProperty:"announce",rootData}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.bridge !== undefined){
if(!(validate42(data.bridge, {instancePath:instancePath+"/bridge",parentData:data,parentDataProperty:"bridge",rootData}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.birth !== undefined){
let data12 = data.birth;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.topic === undefined){
const err16 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/required",keyword:"required",params:{missingProperty: "topic"},message:"must have required property '"+"topic"+"'",schema:schema15.properties.birth.required,parentSchema:schema15.properties.birth,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data12.payload === undefined){
const err17 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/required",keyword:"required",params:{missingProperty: "payload"},message:"must have required property '"+"payload"+"'",schema:schema15.properties.birth.required,parentSchema:schema15.properties.birth,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key2 in data12){
if(!((key2 === "topic") || (key2 === "payload"))){
const err18 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema15.properties.birth,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data12.topic !== undefined){
let data13 = data12.topic;
if(typeof data13 !== "string"){
const err19 = {instancePath:instancePath+"/birth/topic",schemaPath:"#/properties/birth/properties/topic/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.birth.properties.topic.type,parentSchema:schema15.properties.birth.properties.topic,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data12.payload !== undefined){
let data14 = data12.payload;
if(typeof data14 !== "string"){
const err20 = {instancePath:instancePath+"/birth/payload",schemaPath:"#/properties/birth/properties/payload/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.birth.properties.payload.type,parentSchema:schema15.properties.birth.properties.payload,data:data14};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.properties.birth.type,parentSchema:schema15.properties.birth,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.samples !== undefined){
let data15 = data.samples;
if(Array.isArray(data15)){
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
if(!(validate46(data15[i1], {instancePath:instancePath+"/samples/" + i1,parentData:data15,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema15.properties.samples.type,parentSchema:schema15.properties.samples,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.type,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}


const schema20 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/profile.schema.json","title":"Profile","description":"How one meter or adapter is read: its line, its protocol, and what its values are called. Keys and passwords never stand here.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"profile":{"type":"string","pattern":"^[a-z0-9-]+$","description":"The profile's name: the file's name without .json.","examples":["ekz-e450"]},"version":{"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the profile (semver).","examples":["1.0.0"]},"title":{"type":"string","description":"One line for people: operator, meter, interface.","examples":["EKZ · Landis+Gyr E450 · wired M-Bus"]},"description":{"type":"string","description":"Remarks of the author for the next one."},"extends":{"type":"string","description":"Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.","examples":["common/dlms-push","common/p1","common/lg-e450"]},"meter":{"type":"object","additionalProperties":false,"description":"The meter that is read.","properties":{"operator":{"type":"string","description":"Grid operator.","examples":["EKZ"]},"manufacturer":{"type":"string","description":"Maker of the meter.","examples":["Landis+Gyr"]},"model":{"type":"string","description":"Model of the meter.","examples":["E450"]},"adapter":{"type":"string","description":"Device between meter and network, where there is one.","examples":["gPlug"]},"interface":{"type":"string","description":"The customer interface: IDIS CII on P1, DSMR P1, wired M-Bus …","examples":["DSMR P1 (RJ12)"]},"country":{"type":"string","pattern":"^[A-Z]{2}$","description":"ISO 3166 code.","examples":["CH"]},"timezone":{"type":"string","description":"IANA name of the zone that the meter's local time is in.","examples":["Europe/Zurich"]},"tariffs":{"type":"object","description":"What each tariff is, by its number: high, low, or the operator's own word. `info` and the outputs have it beside `tariff_index`.","propertyNames":{"pattern":"^[1-9]\\d?$"},"additionalProperties":{"type":"string"},"examples":[{"1":"low","2":"high"}]}}},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams. Three times this without one, and the meter is offline.","examples":[5],"default":20},"transport":{"$ref":"#/definitions/Transport"},"decoder":{"$ref":"#/definitions/Decoder"},"transform":{"type":"object","description":"Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free. `*` is a path to values by OBIS code (`obis`): each field that has a code and is not stated is taken from it.","additionalProperties":{"type":"string","maxLength":4096},"maxProperties":400,"examples":[{"*":"obis","power_import":"obis.`1.7.0` * 2","extra.phase_angle":"obis.`81.7.4`"}]},"extra":{"type":"object","description":"Meaning of the fields `extra.<name>`, by name: unit, class, label and OBIS code, as `info` and the outputs give them.","propertyNames":{"pattern":"^[a-z][a-z0-9_]*$"},"additionalProperties":{"$ref":"#/definitions/ExtraField"},"maxProperties":200,"examples":[{"room_temperature":{"unit":"°C","label":"Room temperature"}}]},"expect":{"type":"object","description":"Plausible values, by field; `name*` for all that begin so, the longer name wins. Others are withheld and named in the reading's issues. A profile states what differs from the default, key by key; null removes.","additionalProperties":{"$ref":"#/definitions/Expectation"},"maxProperties":100,"default":{"voltage_*":{"min":50,"max":480,"orZero":true},"frequency":{"min":45,"max":65,"orZero":true},"power_factor*":{"min":-1,"max":1},"power_import*":{"max":10000000},"power_export*":{"max":10000000},"power_net*":{"min":-10000000,"max":10000000},"voltage_sags_*":{"min":0},"voltage_swells_*":{"min":0},"energy_*":{"rising":true,"maxPower":60720},"energy_import_interval":{"rising":false},"energy_export_interval":{"rising":false},"reactive_energy_*":{"rising":true,"maxPower":60720},"submeters.energy":{"rising":true,"maxPower":1000000},"submeters.volume":{"rising":true,"maxFlow":100},"time":{"drift":600}},"examples":[{"voltage_*":{"max":300},"power_import":{"max":17250},"frequency":null}]},"samples":{"type":"array","items":{"type":"string"},"maxItems":32,"description":"Folders under meters/, or below the profile's own folder, with X.capture.jsonl and X.expected.json. By default the folder of the profile's own name, else its parent's; [] for none.","examples":[["ekz-e450"]]}},"definitions":{"ExtraField":{"title":"ExtraField","type":"object","additionalProperties":false,"properties":{"unit":{"type":"string","description":"Unit of the value, SI; none by default.","examples":["°C","m³/h","Wh"]},"class":{"enum":["power","energy","reactive_power","reactive_energy","apparent_power","voltage","current","frequency","power_factor","volume","volume_flow_rate","temperature","duration","count","number","text","time"],"description":"The quantity, in one word; by default what the unit measures. energy, reactive_energy, volume and count are counters."},"label":{"type":"string","description":"A few words for people; by default the name.","examples":["Room temperature"]},"obis":{"type":"string","description":"OBIS code C.D.E; none by default.","examples":["81.7.4"]}}},"Expectation":{"title":"Expectation","type":"object","additionalProperties":false,"properties":{"min":{"type":"number","description":"Lowest plausible value."},"max":{"type":"number","description":"Highest plausible value: for power what the connection's fuse lets through."},"orZero":{"type":"boolean","description":"True: 0 is plausible besides, as missing phases send it."},"rising":{"type":"boolean","description":"True: a counter. A lower value is withheld until later ones confirm it (`confirm`), the meter's id changes, or the config's `reset`."},"maxPower":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: watts (var) that the connection can carry; a counter that rises faster is withheld. By default three phases of 80 A at 253 V.","examples":[17250]},"maxFlow":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: cubic metres an hour that the pipe can carry; a volume that rises faster is withheld.","examples":[5]},"confirm":{"type":"string","pattern":"^[1-9]\\d? of [1-9]\\d?$","description":"With `rising`: a counter that fell or leapt counts again when so many of so many values in a row follow from each other and rise.","examples":["3 of 5"],"default":"5 of 7"},"drift":{"type":"number","exclusiveMinimum":0,"description":"time: seconds that the meter's clock may differ from the time of arrival; beyond, the reading carries the time of arrival, and the meter's own as `meter_time`.","examples":[600]}}},"Transport":{"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}},"Merge":{"title":"Merge","type":"object","additionalProperties":false,"description":"mqtt: the messages of several topics make one telegram, and stand by name in `json`. It ends when its time is over, when a name comes again, or with `until`; what did not come is absent.","properties":{"by":{"type":"string","pattern":"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$","description":"The named level that is a message's name in `json`; several with / nest (group/name: json.import.active). Of topics without it, and by default, the last level.","examples":["name","group/name"]},"window":{"type":"integer","minimum":10,"maximum":600000,"description":"Milliseconds from the first message of a telegram to the last: less than from one telegram to the next. 1000 by default.","examples":[2000],"default":1000},"until":{"type":"string","description":"The name of the message that is always the last: the telegram is complete with it.","examples":["emdata:0"]}}},"Request":{"title":"Request","type":"object","additionalProperties":false,"description":"serial, tcp: the meter answers when it is asked. By `address` or `secondary` a wired M-Bus meter is asked for all its telegrams, and several meters share one converter: entries with the same device, or the same host and port, are asked in turn. `hex` goes before both, `secondary` before `address`.","properties":{"address":{"type":"integer","minimum":0,"maximum":254,"description":"Primary address of a wired M-Bus meter: 0 to 250, or 254 for whatever meter is alone on its bus.","default":254,"examples":[5]},"secondary":{"type":"string","pattern":"^[0-9A-Fa-f]{8}$","description":"Secondary address of a wired M-Bus meter: the eight digits of its identification number (a reading's `id`), F for any digit.","examples":["12345678"]},"manufacturer":{"type":"string","pattern":"^[A-Z]{3}$","description":"With `secondary`: the maker's three letters; any by default.","examples":["KAM"]},"version":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the version in the meter's header; any by default."},"medium":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the type of the device in the meter's header (4 heat, 7 water); any by default."},"hex":{"type":"array","items":{"type":"string","pattern":"^([0-9A-Fa-f]{2})+$"},"minItems":1,"maxItems":16,"description":"In the config only: other messages to send, one after the other, half a second between; the meter has the line to itself.","examples":[["1040FE3E16","107BFE7916"]]},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds between two requests. 60 by default.","default":60}}},"SignOn":{"title":"SignOn","type":"object","additionalProperties":false,"description":"serial, tcp: the meter speaks only when asked (IEC 62056-21, modes A to C). The line begins with the transport's baudRate.","properties":{"address":{"type":"string","pattern":"^[0-9A-Za-z ]{0,32}$","description":"The meter's address on a shared line; none by default."},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds from the end of one readout to the next sign-on. 60 by default.","default":60},"wakeUp":{"type":"number","minimum":0.1,"maximum":10,"description":"Seconds of NUL bytes before each request, for meters with a battery, which sleep (IEC 62056-21, annex B: 2.1 to 2.3). None by default.","examples":[2.2]},"speed":{"enum":[300,600,1200,2400,4800,9600,19200],"description":"Bits per second of the readout; by default what the meter offers in its identification."},"commands":{"type":"array","items":{"type":"string","pattern":"^[A-Z][0-9]( [^\\s!/]*)?$"},"maxItems":16,"description":"Reads in programming mode instead of the readout: command and data set. Commands that do not read stand in the config only.","examples":[["R2 F001","R2 F009"]]}}},"Decoder":{"title":"Decoder","type":"object","additionalProperties":false,"description":"How bytes become a telegram.","properties":{"link":{"enum":["hdlc","mbus","sml","p1","iec62056-21","llc","raw","auto"],"description":"Link layer. `raw`: none, one APDU after the other; `auto`: told from the bytes. Not for json and value."},"application":{"enum":["dlms","p1","mbus","sml","iec62056-21","json","value"],"description":"The protocol that the frames carry; of messages json, or value for one plain value a topic, which stands in `json` by the topic's last level or `transport.merge.by`. With \"link\": \"auto\" it may be left out."},"registers":{"type":"object","description":"Scalers and units that the meter leaves out, by full or short OBIS code, quantity (power_factor), unit (A, V, Hz, W …; SI) or * for all others; the more specific wins.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"scaler":{"type":"integer","minimum":-12,"maximum":12,"description":"Power of ten from the sent integer to the value."},"unit":{"type":"string","description":"Unit of the value: W, kWh, V, …"},"negate":{"type":"object","additionalProperties":false,"required":["status","bit"],"properties":{"status":{"type":"string","description":"OBIS code of the register whose status word tells the direction."},"bit":{"type":"integer","minimum":0,"maximum":63,"description":"Number of the bit, 0 the lowest."}},"description":"sml: the value is sent without its sign; it is negative while this bit of a status word is set."},"override":{"type":"boolean","description":"True: this holds even where the meter sends scaler and unit."}}},"examples":[{"*":{"scaler":0},"A":{"scaler":-2},"power_factor":{"scaler":-3}}]},"sequence":{"type":"object","description":"For lists without OBIS codes: for each length of the list what each place is: `CODE`, `CODE KIND`, `- KIND` (no use, but always so), or null for anything. Words behind the length tell lists of one length apart (`9 counters`); the first that fits counts, and a telegram that none fits is refused. Values of lists inside the list are places of their own, in wire order. KIND: a type (u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 enum bool bits bcd null), number, clock, date, time, text, digits, octets, a size in bytes behind the last three (digits(16)), or =TEXT for exactly this text, number, OBIS code or hex digits; `|` between alternatives. Without KIND a place holds what its code demands: power, energy, voltage … a number, 1.0.0 a clock, an id a text. `validate --update` adds the kinds that the samples show.","propertyNames":{"pattern":"^[1-9]\\d{0,3}( \\S.{0,39})?$"},"additionalProperties":{"type":"array","items":{"type":["string","null"]}},"examples":[{"2":["0-0:96.1.0","1-0:1.7.0"],"3 hourly":["- =KFM_001","0-0:96.1.0 digits(16)","1-0:1.8.0 u32|u64"]}]},"channel":{"type":"object","description":"Which channel B a short code means when several carry it: code → B.","additionalProperties":{"type":"integer","minimum":0,"maximum":255},"examples":[{"1.7.0":1}]},"blockCheck":{"enum":["required","optional"],"description":"iec62056-21: `optional` takes a readout that breaks off before ETX and its block check, too.","default":"required"},"authenticationData":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$","description":"Authentication key that the operator publishes for all its meters (hex digits); a key in the config goes before it.","examples":["00112233445566778899AABBCCDDEEFF"]},"systemTitle":{"type":"string","pattern":"^[0-9A-Fa-f]{16}$","description":"System title of a meter that ciphers and does not send it: 16 hex digits.","examples":["45474D0000000001"]},"authentication":{"enum":["required","optional"],"description":"`required`: the tag must be there and right. `optional`: checked where an authentication key is configured.","default":"optional"},"ignore":{"type":"array","items":{"type":"string"},"description":"json, value: payloads that are no telegrams, such as Online.","examples":[["Online","Offline"]]},"object":{"type":"string","minLength":1,"description":"json: the object that is this meter's where a message holds several meters ({\"z\": {…}, \"wp\": {…}}); the others are kept from `json`. `*`: the first that gives a reading, and no other after it. Without it the whole message is one meter's.","examples":["z","*"]}}}}};
const pattern18 = new RegExp("^[A-Z]{2}$", "u");
const pattern19 = new RegExp("^[1-9]\\d?$", "u");
const pattern30 = new RegExp("^[a-z][a-z0-9_]*$", "u");
const schema21 = {"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}};
const pattern20 = new RegExp("^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$", "u");
const schema22 = {"title":"SignOn","type":"object","additionalProperties":false,"description":"serial, tcp: the meter speaks only when asked (IEC 62056-21, modes A to C). The line begins with the transport's baudRate.","properties":{"address":{"type":"string","pattern":"^[0-9A-Za-z ]{0,32}$","description":"The meter's address on a shared line; none by default."},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds from the end of one readout to the next sign-on. 60 by default.","default":60},"wakeUp":{"type":"number","minimum":0.1,"maximum":10,"description":"Seconds of NUL bytes before each request, for meters with a battery, which sleep (IEC 62056-21, annex B: 2.1 to 2.3). None by default.","examples":[2.2]},"speed":{"enum":[300,600,1200,2400,4800,9600,19200],"description":"Bits per second of the readout; by default what the meter offers in its identification."},"commands":{"type":"array","items":{"type":"string","pattern":"^[A-Z][0-9]( [^\\s!/]*)?$"},"maxItems":16,"description":"Reads in programming mode instead of the readout: command and data set. Commands that do not read stand in the config only.","examples":[["R2 F001","R2 F009"]]}}};
const pattern21 = new RegExp("^[0-9A-Za-z ]{0,32}$", "u");
const pattern22 = new RegExp("^[A-Z][0-9]( [^\\s!/]*)?$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "address") || (key0 === "interval")) || (key0 === "wakeUp")) || (key0 === "speed")) || (key0 === "commands"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.address !== undefined){
let data0 = data.address;
if(typeof data0 === "string"){
if(!pattern21.test(data0)){
const err1 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z ]{0,32}$"},message:"must match pattern \""+"^[0-9A-Za-z ]{0,32}$"+"\"",schema:"^[0-9A-Za-z ]{0,32}$",parentSchema:schema22.properties.address,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.address.type,parentSchema:schema22.properties.address,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.interval !== undefined){
let data1 = data.interval;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400 || isNaN(data1)){
const err3 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema22.properties.interval.type,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.wakeUp !== undefined){
let data2 = data.wakeUp;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 10 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0.1 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema22.properties.wakeUp.type,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.speed !== undefined){
let data3 = data.speed;
if(!(((((((data3 === 300) || (data3 === 600)) || (data3 === 1200)) || (data3 === 2400)) || (data3 === 4800)) || (data3 === 9600)) || (data3 === 19200))){
const err9 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/enum",keyword:"enum",params:{allowedValues: schema22.properties.speed.enum},message:"must be equal to one of the allowed values",schema:schema22.properties.speed.enum,parentSchema:schema22.properties.speed,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.commands !== undefined){
let data4 = data.commands;
if(Array.isArray(data4)){
if(data4.length > 16){
const err10 = {instancePath:instancePath+"/commands",schemaPath:"#/properties/commands/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema22.properties.commands,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(!pattern22.test(data5)){
const err11 = {instancePath:instancePath+"/commands/" + i0,schemaPath:"#/properties/commands/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][0-9]( [^\\s!/]*)?$"},message:"must match pattern \""+"^[A-Z][0-9]( [^\\s!/]*)?$"+"\"",schema:"^[A-Z][0-9]( [^\\s!/]*)?$",parentSchema:schema22.properties.commands.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/commands/" + i0,schemaPath:"#/properties/commands/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.commands.items.type,parentSchema:schema22.properties.commands.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/commands",schemaPath:"#/properties/commands/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema22.properties.commands.type,parentSchema:schema22.properties.commands,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}

const schema23 = {"title":"Request","type":"object","additionalProperties":false,"description":"serial, tcp: the meter answers when it is asked. By `address` or `secondary` a wired M-Bus meter is asked for all its telegrams, and several meters share one converter: entries with the same device, or the same host and port, are asked in turn. `hex` goes before both, `secondary` before `address`.","properties":{"address":{"type":"integer","minimum":0,"maximum":254,"description":"Primary address of a wired M-Bus meter: 0 to 250, or 254 for whatever meter is alone on its bus.","default":254,"examples":[5]},"secondary":{"type":"string","pattern":"^[0-9A-Fa-f]{8}$","description":"Secondary address of a wired M-Bus meter: the eight digits of its identification number (a reading's `id`), F for any digit.","examples":["12345678"]},"manufacturer":{"type":"string","pattern":"^[A-Z]{3}$","description":"With `secondary`: the maker's three letters; any by default.","examples":["KAM"]},"version":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the version in the meter's header; any by default."},"medium":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the type of the device in the meter's header (4 heat, 7 water); any by default."},"hex":{"type":"array","items":{"type":"string","pattern":"^([0-9A-Fa-f]{2})+$"},"minItems":1,"maxItems":16,"description":"In the config only: other messages to send, one after the other, half a second between; the meter has the line to itself.","examples":[["1040FE3E16","107BFE7916"]]},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds between two requests. 60 by default.","default":60}}};
const pattern23 = new RegExp("^[0-9A-Fa-f]{8}$", "u");
const pattern24 = new RegExp("^[A-Z]{3}$", "u");
const pattern25 = new RegExp("^([0-9A-Fa-f]{2})+$", "u");

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "address") || (key0 === "secondary")) || (key0 === "manufacturer")) || (key0 === "version")) || (key0 === "medium")) || (key0 === "hex")) || (key0 === "interval"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.address !== undefined){
let data0 = data.address;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.address.type,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 254 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/maximum",keyword:"maximum",params:{comparison: "<=", limit: 254},message:"must be <= 254",schema:254,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.secondary !== undefined){
let data1 = data.secondary;
if(typeof data1 === "string"){
if(!pattern23.test(data1)){
const err4 = {instancePath:instancePath+"/secondary",schemaPath:"#/properties/secondary/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}$"+"\"",schema:"^[0-9A-Fa-f]{8}$",parentSchema:schema23.properties.secondary,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/secondary",schemaPath:"#/properties/secondary/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.secondary.type,parentSchema:schema23.properties.secondary,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.manufacturer !== undefined){
let data2 = data.manufacturer;
if(typeof data2 === "string"){
if(!pattern24.test(data2)){
const err6 = {instancePath:instancePath+"/manufacturer",schemaPath:"#/properties/manufacturer/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema23.properties.manufacturer,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/manufacturer",schemaPath:"#/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.manufacturer.type,parentSchema:schema23.properties.manufacturer,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.version !== undefined){
let data3 = data.version;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.version.type,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 255 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.medium !== undefined){
let data4 = data.medium;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err11 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.medium.type,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 255 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err13 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.hex !== undefined){
let data5 = data.hex;
if(Array.isArray(data5)){
if(data5.length > 16){
const err14 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5.length < 1){
const err15 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(!pattern25.test(data6)){
const err16 = {instancePath:instancePath+"/hex/" + i0,schemaPath:"#/properties/hex/items/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{2})+$"},message:"must match pattern \""+"^([0-9A-Fa-f]{2})+$"+"\"",schema:"^([0-9A-Fa-f]{2})+$",parentSchema:schema23.properties.hex.items,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/hex/" + i0,schemaPath:"#/properties/hex/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.hex.items.type,parentSchema:schema23.properties.hex.items,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.properties.hex.type,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.interval !== undefined){
let data7 = data.interval;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 86400 || isNaN(data7)){
const err19 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data7 < 1 || isNaN(data7)){
const err20 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema23.properties.interval.type,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}

const schema24 = {"title":"Merge","type":"object","additionalProperties":false,"description":"mqtt: the messages of several topics make one telegram, and stand by name in `json`. It ends when its time is over, when a name comes again, or with `until`; what did not come is absent.","properties":{"by":{"type":"string","pattern":"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$","description":"The named level that is a message's name in `json`; several with / nest (group/name: json.import.active). Of topics without it, and by default, the last level.","examples":["name","group/name"]},"window":{"type":"integer","minimum":10,"maximum":600000,"description":"Milliseconds from the first message of a telegram to the last: less than from one telegram to the next. 1000 by default.","examples":[2000],"default":1000},"until":{"type":"string","description":"The name of the message that is always the last: the telegram is complete with it.","examples":["emdata:0"]}}};
const pattern26 = new RegExp("^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$", "u");

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "by") || (key0 === "window")) || (key0 === "until"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.by !== undefined){
let data0 = data.by;
if(typeof data0 === "string"){
if(!pattern26.test(data0)){
const err1 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"},message:"must match pattern \""+"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"+"\"",schema:"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$",parentSchema:schema24.properties.by,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.by.type,parentSchema:schema24.properties.by,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.window !== undefined){
let data1 = data.window;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.window.type,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 600000 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1 < 10 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.until !== undefined){
let data2 = data.until;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.until.type,parentSchema:schema24.properties.until,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}


function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema21.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.kind !== undefined){
let data0 = data.kind;
if(!((((data0 === "serial") || (data0 === "tcp")) || (data0 === "mqtt")) || (data0 === "capture"))){
const err1 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema21.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.kind.enum,parentSchema:schema21.properties.kind,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.line !== undefined){
let data1 = data.line;
if(typeof data1 === "string"){
if(!pattern20.test(data1)){
const err2 = {instancePath:instancePath+"/line",schemaPath:"#/properties/line/pattern",keyword:"pattern",params:{pattern: "^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"},message:"must match pattern \""+"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"+"\"",schema:"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$",parentSchema:schema21.properties.line,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/line",schemaPath:"#/properties/line/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.line.type,parentSchema:schema21.properties.line,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.baudRate !== undefined){
let data2 = data.baudRate;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema21.properties.baudRate.type,parentSchema:schema21.properties.baudRate,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 4000000 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4000000},message:"must be <= 4000000",schema:4000000,parentSchema:schema21.properties.baudRate,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 300 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 300},message:"must be >= 300",schema:300,parentSchema:schema21.properties.baudRate,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.dataBits !== undefined){
let data3 = data.dataBits;
if(!((data3 === 7) || (data3 === 8))){
const err7 = {instancePath:instancePath+"/dataBits",schemaPath:"#/properties/dataBits/enum",keyword:"enum",params:{allowedValues: schema21.properties.dataBits.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.dataBits.enum,parentSchema:schema21.properties.dataBits,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.parity !== undefined){
let data4 = data.parity;
if(!(((data4 === "none") || (data4 === "even")) || (data4 === "odd"))){
const err8 = {instancePath:instancePath+"/parity",schemaPath:"#/properties/parity/enum",keyword:"enum",params:{allowedValues: schema21.properties.parity.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.parity.enum,parentSchema:schema21.properties.parity,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.stopBits !== undefined){
let data5 = data.stopBits;
if(!((data5 === 1) || (data5 === 2))){
const err9 = {instancePath:instancePath+"/stopBits",schemaPath:"#/properties/stopBits/enum",keyword:"enum",params:{allowedValues: schema21.properties.stopBits.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.stopBits.enum,parentSchema:schema21.properties.stopBits,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.rtscts !== undefined){
let data6 = data.rtscts;
if(typeof data6 !== "boolean"){
const err10 = {instancePath:instancePath+"/rtscts",schemaPath:"#/properties/rtscts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.properties.rtscts.type,parentSchema:schema21.properties.rtscts,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.signOn !== undefined){
if(!(validate53(data.signOn, {instancePath:instancePath+"/signOn",parentData:data,parentDataProperty:"signOn",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.request !== undefined){
if(!(validate55(data.request, {instancePath:instancePath+"/request",parentData:data,parentDataProperty:"request",rootData}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.idle !== undefined){
let data9 = data.idle;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err11 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema21.properties.idle.type,parentSchema:schema21.properties.idle,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 60000 || isNaN(data9)){
const err12 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000",schema:60000,parentSchema:schema21.properties.idle,data:data9};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data9 < 10 || isNaN(data9)){
const err13 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema21.properties.idle,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.silence !== undefined){
let data10 = data.silence;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err14 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema21.properties.silence.type,parentSchema:schema21.properties.silence,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 86400 || isNaN(data10)){
const err15 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema21.properties.silence,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err16 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema21.properties.silence,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.topic !== undefined){
let data11 = data.topic;
const _errs19 = errors;
let valid1 = false;
const _errs20 = errors;
if(typeof data11 !== "string"){
const err17 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.topic.anyOf[0].type,parentSchema:schema21.properties.topic.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid0 = _errs20 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs22 = errors;
if(Array.isArray(data11)){
if(data11.length > 32){
const err18 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema21.properties.topic.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data11.length < 1){
const err19 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema21.properties.topic.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(typeof data12 !== "string"){
const err20 = {instancePath:instancePath+"/topic/" + i0,schemaPath:"#/properties/topic/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.topic.anyOf[1].items.type,parentSchema:schema21.properties.topic.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema21.properties.topic.anyOf[1].type,parentSchema:schema21.properties.topic.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid0 = _errs22 === errors;
valid1 = valid1 || _valid0;
}
if(!valid1){
const err22 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema21.properties.topic.anyOf,parentSchema:schema21.properties.topic,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
else {
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
}
}
if(data.merge !== undefined){
if(!(validate57(data.merge, {instancePath:instancePath+"/merge",parentData:data,parentDataProperty:"merge",rootData}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined){
let data14 = data.identity;
if(typeof data14 !== "string"){
const err23 = {instancePath:instancePath+"/identity",schemaPath:"#/properties/identity/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.identity.type,parentSchema:schema21.properties.identity,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.levels !== undefined){
let data15 = data.levels;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key1 in data15){
let data16 = data15[key1];
if(typeof data16 !== "string"){
const err24 = {instancePath:instancePath+"/levels/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/levels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.levels.additionalProperties.type,parentSchema:schema21.properties.levels.additionalProperties,data:data16};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/levels",schemaPath:"#/properties/levels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.properties.levels.type,parentSchema:schema21.properties.levels,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.payload !== undefined){
let data17 = data.payload;
if(!(((data17 === "json") || (data17 === "bytes")) || (data17 === "hex"))){
const err26 = {instancePath:instancePath+"/payload",schemaPath:"#/properties/payload/enum",keyword:"enum",params:{allowedValues: schema21.properties.payload.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.payload.enum,parentSchema:schema21.properties.payload,data:data17};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.speed !== undefined){
let data18 = data.speed;
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
const err27 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema21.properties.speed,data:data18};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema21.properties.speed.type,parentSchema:schema21.properties.speed,data:data18};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.loop !== undefined){
let data19 = data.loop;
if(typeof data19 !== "boolean"){
const err29 = {instancePath:instancePath+"/loop",schemaPath:"#/properties/loop/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.properties.loop.type,parentSchema:schema21.properties.loop,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.pause !== undefined){
let data20 = data.pause;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err30 = {instancePath:instancePath+"/pause",schemaPath:"#/properties/pause/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema21.properties.pause.type,parentSchema:schema21.properties.pause,data:data20};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 < 0 || isNaN(data20)){
const err31 = {instancePath:instancePath+"/pause",schemaPath:"#/properties/pause/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema21.properties.pause,data:data20};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data.clock !== undefined){
let data21 = data.clock;
if(!((data21 === "recorded") || (data21 === "now"))){
const err32 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/enum",keyword:"enum",params:{allowedValues: schema21.properties.clock.enum},message:"must be equal to one of the allowed values",schema:schema21.properties.clock.enum,parentSchema:schema21.properties.clock,data:data21};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}

const schema25 = {"title":"Decoder","type":"object","additionalProperties":false,"description":"How bytes become a telegram.","properties":{"link":{"enum":["hdlc","mbus","sml","p1","iec62056-21","llc","raw","auto"],"description":"Link layer. `raw`: none, one APDU after the other; `auto`: told from the bytes. Not for json and value."},"application":{"enum":["dlms","p1","mbus","sml","iec62056-21","json","value"],"description":"The protocol that the frames carry; of messages json, or value for one plain value a topic, which stands in `json` by the topic's last level or `transport.merge.by`. With \"link\": \"auto\" it may be left out."},"registers":{"type":"object","description":"Scalers and units that the meter leaves out, by full or short OBIS code, quantity (power_factor), unit (A, V, Hz, W …; SI) or * for all others; the more specific wins.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"scaler":{"type":"integer","minimum":-12,"maximum":12,"description":"Power of ten from the sent integer to the value."},"unit":{"type":"string","description":"Unit of the value: W, kWh, V, …"},"negate":{"type":"object","additionalProperties":false,"required":["status","bit"],"properties":{"status":{"type":"string","description":"OBIS code of the register whose status word tells the direction."},"bit":{"type":"integer","minimum":0,"maximum":63,"description":"Number of the bit, 0 the lowest."}},"description":"sml: the value is sent without its sign; it is negative while this bit of a status word is set."},"override":{"type":"boolean","description":"True: this holds even where the meter sends scaler and unit."}}},"examples":[{"*":{"scaler":0},"A":{"scaler":-2},"power_factor":{"scaler":-3}}]},"sequence":{"type":"object","description":"For lists without OBIS codes: for each length of the list what each place is: `CODE`, `CODE KIND`, `- KIND` (no use, but always so), or null for anything. Words behind the length tell lists of one length apart (`9 counters`); the first that fits counts, and a telegram that none fits is refused. Values of lists inside the list are places of their own, in wire order. KIND: a type (u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 enum bool bits bcd null), number, clock, date, time, text, digits, octets, a size in bytes behind the last three (digits(16)), or =TEXT for exactly this text, number, OBIS code or hex digits; `|` between alternatives. Without KIND a place holds what its code demands: power, energy, voltage … a number, 1.0.0 a clock, an id a text. `validate --update` adds the kinds that the samples show.","propertyNames":{"pattern":"^[1-9]\\d{0,3}( \\S.{0,39})?$"},"additionalProperties":{"type":"array","items":{"type":["string","null"]}},"examples":[{"2":["0-0:96.1.0","1-0:1.7.0"],"3 hourly":["- =KFM_001","0-0:96.1.0 digits(16)","1-0:1.8.0 u32|u64"]}]},"channel":{"type":"object","description":"Which channel B a short code means when several carry it: code → B.","additionalProperties":{"type":"integer","minimum":0,"maximum":255},"examples":[{"1.7.0":1}]},"blockCheck":{"enum":["required","optional"],"description":"iec62056-21: `optional` takes a readout that breaks off before ETX and its block check, too.","default":"required"},"authenticationData":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$","description":"Authentication key that the operator publishes for all its meters (hex digits); a key in the config goes before it.","examples":["00112233445566778899AABBCCDDEEFF"]},"systemTitle":{"type":"string","pattern":"^[0-9A-Fa-f]{16}$","description":"System title of a meter that ciphers and does not send it: 16 hex digits.","examples":["45474D0000000001"]},"authentication":{"enum":["required","optional"],"description":"`required`: the tag must be there and right. `optional`: checked where an authentication key is configured.","default":"optional"},"ignore":{"type":"array","items":{"type":"string"},"description":"json, value: payloads that are no telegrams, such as Online.","examples":[["Online","Offline"]]},"object":{"type":"string","minLength":1,"description":"json: the object that is this meter's where a message holds several meters ({\"z\": {…}, \"wp\": {…}}); the others are kept from `json`. `*`: the first that gives a reading, and no other after it. Without it the whole message is one meter's.","examples":["z","*"]}}};
const pattern27 = new RegExp("^[1-9]\\d{0,3}( \\S.{0,39})?$", "u");
const pattern29 = new RegExp("^[0-9A-Fa-f]{16}$", "u");

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema25.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.link !== undefined){
let data0 = data.link;
if(!((((((((data0 === "hdlc") || (data0 === "mbus")) || (data0 === "sml")) || (data0 === "p1")) || (data0 === "iec62056-21")) || (data0 === "llc")) || (data0 === "raw")) || (data0 === "auto"))){
const err1 = {instancePath:instancePath+"/link",schemaPath:"#/properties/link/enum",keyword:"enum",params:{allowedValues: schema25.properties.link.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.link.enum,parentSchema:schema25.properties.link,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.application !== undefined){
let data1 = data.application;
if(!(((((((data1 === "dlms") || (data1 === "p1")) || (data1 === "mbus")) || (data1 === "sml")) || (data1 === "iec62056-21")) || (data1 === "json")) || (data1 === "value"))){
const err2 = {instancePath:instancePath+"/application",schemaPath:"#/properties/application/enum",keyword:"enum",params:{allowedValues: schema25.properties.application.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.application.enum,parentSchema:schema25.properties.application,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.registers !== undefined){
let data2 = data.registers;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
let data3 = data2[key1];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!((((key2 === "scaler") || (key2 === "unit")) || (key2 === "negate")) || (key2 === "override"))){
const err3 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/registers/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema25.properties.registers.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data3.scaler !== undefined){
let data4 = data3.scaler;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err4 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.registers.additionalProperties.properties.scaler.type,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 12 || isNaN(data4)){
const err5 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/maximum",keyword:"maximum",params:{comparison: "<=", limit: 12},message:"must be <= 12",schema:12,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data4 < -12 || isNaN(data4)){
const err6 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/minimum",keyword:"minimum",params:{comparison: ">=", limit: -12},message:"must be >= -12",schema:-12,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data3.unit !== undefined){
let data5 = data3.unit;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/properties/registers/additionalProperties/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.registers.additionalProperties.properties.unit.type,parentSchema:schema25.properties.registers.additionalProperties.properties.unit,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.negate !== undefined){
let data6 = data3.negate;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.status === undefined){
const err8 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'",schema:schema25.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data6.bit === undefined){
const err9 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "bit"},message:"must have required property '"+"bit"+"'",schema:schema25.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key3 in data6){
if(!((key3 === "status") || (key3 === "bit"))){
const err10 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.status !== undefined){
let data7 = data6.status;
if(typeof data7 !== "string"){
const err11 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/status",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.registers.additionalProperties.properties.negate.properties.status.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.status,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data6.bit !== undefined){
let data8 = data6.bit;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err12 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 63 || isNaN(data8)){
const err13 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},message:"must be <= 63",schema:63,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err14 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
else {
const err15 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.additionalProperties.properties.negate.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data3.override !== undefined){
let data9 = data3.override;
if(typeof data9 !== "boolean"){
const err16 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/override",schemaPath:"#/properties/registers/additionalProperties/properties/override/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema25.properties.registers.additionalProperties.properties.override.type,parentSchema:schema25.properties.registers.additionalProperties.properties.override,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/registers/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.additionalProperties.type,parentSchema:schema25.properties.registers.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/registers",schemaPath:"#/properties/registers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.type,parentSchema:schema25.properties.registers,data:data2};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.sequence !== undefined){
let data10 = data.sequence;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key4 in data10){
const _errs25 = errors;
if(typeof key4 === "string"){
if(!pattern27.test(key4)){
const err19 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,3}( \\S.{0,39})?$"},message:"must match pattern \""+"^[1-9]\\d{0,3}( \\S.{0,39})?$"+"\"",schema:"^[1-9]\\d{0,3}( \\S.{0,39})?$",parentSchema:schema25.properties.sequence.propertyNames,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
var valid4 = _errs25 === errors;
if(!valid4){
const err20 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema25.properties.sequence.propertyNames,parentSchema:schema25.properties.sequence,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
for(const key5 in data10){
let data11 = data10[key5];
if(Array.isArray(data11)){
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if((typeof data12 !== "string") && (data12 !== null)){
const err21 = {instancePath:instancePath+"/sequence/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/sequence/additionalProperties/items/type",keyword:"type",params:{type: schema25.properties.sequence.additionalProperties.items.type},message:"must be string,null",schema:schema25.properties.sequence.additionalProperties.items.type,parentSchema:schema25.properties.sequence.additionalProperties.items,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/sequence/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/sequence/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.sequence.additionalProperties.type,parentSchema:schema25.properties.sequence.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.sequence.type,parentSchema:schema25.properties.sequence,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.channel !== undefined){
let data13 = data.channel;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key6 in data13){
let data14 = data13[key6];
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err24 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.channel.additionalProperties.type,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 255 || isNaN(data14)){
const err25 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data14 < 0 || isNaN(data14)){
const err26 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
}
else {
const err27 = {instancePath:instancePath+"/channel",schemaPath:"#/properties/channel/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.channel.type,parentSchema:schema25.properties.channel,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.blockCheck !== undefined){
let data15 = data.blockCheck;
if(!((data15 === "required") || (data15 === "optional"))){
const err28 = {instancePath:instancePath+"/blockCheck",schemaPath:"#/properties/blockCheck/enum",keyword:"enum",params:{allowedValues: schema25.properties.blockCheck.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.blockCheck.enum,parentSchema:schema25.properties.blockCheck,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.authenticationData !== undefined){
let data16 = data.authenticationData;
if(typeof data16 === "string"){
if(!pattern0.test(data16)){
const err29 = {instancePath:instancePath+"/authenticationData",schemaPath:"#/properties/authenticationData/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema25.properties.authenticationData,data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/authenticationData",schemaPath:"#/properties/authenticationData/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.authenticationData.type,parentSchema:schema25.properties.authenticationData,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.systemTitle !== undefined){
let data17 = data.systemTitle;
if(typeof data17 === "string"){
if(!pattern29.test(data17)){
const err31 = {instancePath:instancePath+"/systemTitle",schemaPath:"#/properties/systemTitle/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{16}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{16}$"+"\"",schema:"^[0-9A-Fa-f]{16}$",parentSchema:schema25.properties.systemTitle,data:data17};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/systemTitle",schemaPath:"#/properties/systemTitle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.systemTitle.type,parentSchema:schema25.properties.systemTitle,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.authentication !== undefined){
let data18 = data.authentication;
if(!((data18 === "required") || (data18 === "optional"))){
const err33 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema25.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.authentication.enum,parentSchema:schema25.properties.authentication,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.ignore !== undefined){
let data19 = data.ignore;
if(Array.isArray(data19)){
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(typeof data20 !== "string"){
const err34 = {instancePath:instancePath+"/ignore/" + i1,schemaPath:"#/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.ignore.items.type,parentSchema:schema25.properties.ignore.items,data:data20};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.ignore.type,parentSchema:schema25.properties.ignore,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.object !== undefined){
let data21 = data.object;
if(typeof data21 === "string"){
if(func4(data21) < 1){
const err36 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema25.properties.object,data:data21};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.object.type,parentSchema:schema25.properties.object,data:data21};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate60.errors = vErrors;
return errors === 0;
}

const schema26 = {"title":"ExtraField","type":"object","additionalProperties":false,"properties":{"unit":{"type":"string","description":"Unit of the value, SI; none by default.","examples":["°C","m³/h","Wh"]},"class":{"enum":["power","energy","reactive_power","reactive_energy","apparent_power","voltage","current","frequency","power_factor","volume","volume_flow_rate","temperature","duration","count","number","text","time"],"description":"The quantity, in one word; by default what the unit measures. energy, reactive_energy, volume and count are counters."},"label":{"type":"string","description":"A few words for people; by default the name.","examples":["Room temperature"]},"obis":{"type":"string","description":"OBIS code C.D.E; none by default.","examples":["81.7.4"]}}};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "unit") || (key0 === "class")) || (key0 === "label")) || (key0 === "obis"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.unit !== undefined){
let data0 = data.unit;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.unit.type,parentSchema:schema26.properties.unit,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.class !== undefined){
let data1 = data.class;
if(!(((((((((((((((((data1 === "power") || (data1 === "energy")) || (data1 === "reactive_power")) || (data1 === "reactive_energy")) || (data1 === "apparent_power")) || (data1 === "voltage")) || (data1 === "current")) || (data1 === "frequency")) || (data1 === "power_factor")) || (data1 === "volume")) || (data1 === "volume_flow_rate")) || (data1 === "temperature")) || (data1 === "duration")) || (data1 === "count")) || (data1 === "number")) || (data1 === "text")) || (data1 === "time"))){
const err2 = {instancePath:instancePath+"/class",schemaPath:"#/properties/class/enum",keyword:"enum",params:{allowedValues: schema26.properties.class.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.class.enum,parentSchema:schema26.properties.class,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.label !== undefined){
let data2 = data.label;
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/label",schemaPath:"#/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.label.type,parentSchema:schema26.properties.label,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.obis !== undefined){
let data3 = data.obis;
if(typeof data3 !== "string"){
const err4 = {instancePath:instancePath+"/obis",schemaPath:"#/properties/obis/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.obis.type,parentSchema:schema26.properties.obis,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}

const schema27 = {"title":"Expectation","type":"object","additionalProperties":false,"properties":{"min":{"type":"number","description":"Lowest plausible value."},"max":{"type":"number","description":"Highest plausible value: for power what the connection's fuse lets through."},"orZero":{"type":"boolean","description":"True: 0 is plausible besides, as missing phases send it."},"rising":{"type":"boolean","description":"True: a counter. A lower value is withheld until later ones confirm it (`confirm`), the meter's id changes, or the config's `reset`."},"maxPower":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: watts (var) that the connection can carry; a counter that rises faster is withheld. By default three phases of 80 A at 253 V.","examples":[17250]},"maxFlow":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: cubic metres an hour that the pipe can carry; a volume that rises faster is withheld.","examples":[5]},"confirm":{"type":"string","pattern":"^[1-9]\\d? of [1-9]\\d?$","description":"With `rising`: a counter that fell or leapt counts again when so many of so many values in a row follow from each other and rise.","examples":["3 of 5"],"default":"5 of 7"},"drift":{"type":"number","exclusiveMinimum":0,"description":"time: seconds that the meter's clock may differ from the time of arrival; beyond, the reading carries the time of arrival, and the meter's own as `meter_time`.","examples":[600]}}};
const pattern31 = new RegExp("^[1-9]\\d? of [1-9]\\d?$", "u");

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "min") || (key0 === "max")) || (key0 === "orZero")) || (key0 === "rising")) || (key0 === "maxPower")) || (key0 === "maxFlow")) || (key0 === "confirm")) || (key0 === "drift"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.min !== undefined){
let data0 = data.min;
if(!((typeof data0 == "number") && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/min",schemaPath:"#/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema27.properties.min.type,parentSchema:schema27.properties.min,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.max !== undefined){
let data1 = data.max;
if(!((typeof data1 == "number") && (isFinite(data1)))){
const err2 = {instancePath:instancePath+"/max",schemaPath:"#/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema27.properties.max.type,parentSchema:schema27.properties.max,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.orZero !== undefined){
let data2 = data.orZero;
if(typeof data2 !== "boolean"){
const err3 = {instancePath:instancePath+"/orZero",schemaPath:"#/properties/orZero/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema27.properties.orZero.type,parentSchema:schema27.properties.orZero,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.rising !== undefined){
let data3 = data.rising;
if(typeof data3 !== "boolean"){
const err4 = {instancePath:instancePath+"/rising",schemaPath:"#/properties/rising/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema27.properties.rising.type,parentSchema:schema27.properties.rising,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.maxPower !== undefined){
let data4 = data.maxPower;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 <= 0 || isNaN(data4)){
const err5 = {instancePath:instancePath+"/maxPower",schemaPath:"#/properties/maxPower/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema27.properties.maxPower,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/maxPower",schemaPath:"#/properties/maxPower/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema27.properties.maxPower.type,parentSchema:schema27.properties.maxPower,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.maxFlow !== undefined){
let data5 = data.maxFlow;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 <= 0 || isNaN(data5)){
const err7 = {instancePath:instancePath+"/maxFlow",schemaPath:"#/properties/maxFlow/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema27.properties.maxFlow,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/maxFlow",schemaPath:"#/properties/maxFlow/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema27.properties.maxFlow.type,parentSchema:schema27.properties.maxFlow,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.confirm !== undefined){
let data6 = data.confirm;
if(typeof data6 === "string"){
if(!pattern31.test(data6)){
const err9 = {instancePath:instancePath+"/confirm",schemaPath:"#/properties/confirm/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d? of [1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d? of [1-9]\\d?$"+"\"",schema:"^[1-9]\\d? of [1-9]\\d?$",parentSchema:schema27.properties.confirm,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/confirm",schemaPath:"#/properties/confirm/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.confirm.type,parentSchema:schema27.properties.confirm,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.drift !== undefined){
let data7 = data.drift;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 <= 0 || isNaN(data7)){
const err11 = {instancePath:instancePath+"/drift",schemaPath:"#/properties/drift/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema27.properties.drift,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/drift",schemaPath:"#/properties/drift/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema27.properties.drift.type,parentSchema:schema27.properties.drift,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/profile.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema20.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.$schema.type,parentSchema:schema20.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.profile !== undefined){
let data1 = data.profile;
if(typeof data1 === "string"){
if(!pattern14.test(data1)){
const err2 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema20.properties.profile,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.profile.type,parentSchema:schema20.properties.profile,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.version !== undefined){
let data2 = data.version;
if(typeof data2 === "string"){
if(!pattern15.test(data2)){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema20.properties.version,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.version.type,parentSchema:schema20.properties.version,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.title !== undefined){
let data3 = data.title;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.title.type,parentSchema:schema20.properties.title,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.description !== undefined){
let data4 = data.description;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.description.type,parentSchema:schema20.properties.description,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.extends !== undefined){
let data5 = data.extends;
if(typeof data5 !== "string"){
const err8 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.extends.type,parentSchema:schema20.properties.extends,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.meter !== undefined){
let data6 = data.meter;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
if(!((((((((key1 === "operator") || (key1 === "manufacturer")) || (key1 === "model")) || (key1 === "adapter")) || (key1 === "interface")) || (key1 === "country")) || (key1 === "timezone")) || (key1 === "tariffs"))){
const err9 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema20.properties.meter,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data6.operator !== undefined){
let data7 = data6.operator;
if(typeof data7 !== "string"){
const err10 = {instancePath:instancePath+"/meter/operator",schemaPath:"#/properties/meter/properties/operator/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.operator.type,parentSchema:schema20.properties.meter.properties.operator,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.manufacturer !== undefined){
let data8 = data6.manufacturer;
if(typeof data8 !== "string"){
const err11 = {instancePath:instancePath+"/meter/manufacturer",schemaPath:"#/properties/meter/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.manufacturer.type,parentSchema:schema20.properties.meter.properties.manufacturer,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data6.model !== undefined){
let data9 = data6.model;
if(typeof data9 !== "string"){
const err12 = {instancePath:instancePath+"/meter/model",schemaPath:"#/properties/meter/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.model.type,parentSchema:schema20.properties.meter.properties.model,data:data9};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data6.adapter !== undefined){
let data10 = data6.adapter;
if(typeof data10 !== "string"){
const err13 = {instancePath:instancePath+"/meter/adapter",schemaPath:"#/properties/meter/properties/adapter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.adapter.type,parentSchema:schema20.properties.meter.properties.adapter,data:data10};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data6.interface !== undefined){
let data11 = data6.interface;
if(typeof data11 !== "string"){
const err14 = {instancePath:instancePath+"/meter/interface",schemaPath:"#/properties/meter/properties/interface/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.interface.type,parentSchema:schema20.properties.meter.properties.interface,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.country !== undefined){
let data12 = data6.country;
if(typeof data12 === "string"){
if(!pattern18.test(data12)){
const err15 = {instancePath:instancePath+"/meter/country",schemaPath:"#/properties/meter/properties/country/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2}$"},message:"must match pattern \""+"^[A-Z]{2}$"+"\"",schema:"^[A-Z]{2}$",parentSchema:schema20.properties.meter.properties.country,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/meter/country",schemaPath:"#/properties/meter/properties/country/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.country.type,parentSchema:schema20.properties.meter.properties.country,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.timezone !== undefined){
let data13 = data6.timezone;
if(typeof data13 !== "string"){
const err17 = {instancePath:instancePath+"/meter/timezone",schemaPath:"#/properties/meter/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.timezone.type,parentSchema:schema20.properties.meter.properties.timezone,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data6.tariffs !== undefined){
let data14 = data6.tariffs;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key2 in data14){
const _errs33 = errors;
if(typeof key2 === "string"){
if(!pattern19.test(key2)){
const err18 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d?$"+"\"",schema:"^[1-9]\\d?$",parentSchema:schema20.properties.meter.properties.tariffs.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
var valid2 = _errs33 === errors;
if(!valid2){
const err19 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema20.properties.meter.properties.tariffs.propertyNames,parentSchema:schema20.properties.meter.properties.tariffs,data:data14};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
for(const key3 in data14){
let data15 = data14[key3];
if(typeof data15 !== "string"){
const err20 = {instancePath:instancePath+"/meter/tariffs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/meter/properties/tariffs/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.meter.properties.tariffs.additionalProperties.type,parentSchema:schema20.properties.meter.properties.tariffs.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.meter.properties.tariffs.type,parentSchema:schema20.properties.meter.properties.tariffs,data:data14};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.meter.type,parentSchema:schema20.properties.meter,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.interval !== undefined){
let data16 = data.interval;
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 86400 || isNaN(data16)){
const err23 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema20.properties.interval,data:data16};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data16 <= 0 || isNaN(data16)){
const err24 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema20.properties.interval,data:data16};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema20.properties.interval.type,parentSchema:schema20.properties.interval,data:data16};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.transport !== undefined){
if(!(validate52(data.transport, {instancePath:instancePath+"/transport",parentData:data,parentDataProperty:"transport",rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.decoder !== undefined){
if(!(validate60(data.decoder, {instancePath:instancePath+"/decoder",parentData:data,parentDataProperty:"decoder",rootData}))){
vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
errors = vErrors.length;
}
}
if(data.transform !== undefined){
let data19 = data.transform;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(Object.keys(data19).length > 400){
const err26 = {instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/maxProperties",keyword:"maxProperties",params:{limit: 400},message:"must NOT have more than 400 properties",schema:400,parentSchema:schema20.properties.transform,data:data19};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key4 in data19){
let data20 = data19[key4];
if(typeof data20 === "string"){
if(func4(data20) > 4096){
const err27 = {instancePath:instancePath+"/transform/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transform/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema20.properties.transform.additionalProperties,data:data20};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/transform/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transform/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.transform.additionalProperties.type,parentSchema:schema20.properties.transform.additionalProperties,data:data20};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.transform.type,parentSchema:schema20.properties.transform,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.extra !== undefined){
let data21 = data.extra;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(Object.keys(data21).length > 200){
const err30 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties",schema:200,parentSchema:schema20.properties.extra,data:data21};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key5 in data21){
const _errs48 = errors;
if(typeof key5 === "string"){
if(!pattern30.test(key5)){
const err31 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_]*$"+"\"",schema:"^[a-z][a-z0-9_]*$",parentSchema:schema20.properties.extra.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
var valid5 = _errs48 === errors;
if(!valid5){
const err32 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema20.properties.extra.propertyNames,parentSchema:schema20.properties.extra,data:data21};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
for(const key6 in data21){
if(!(validate62(data21[key6], {instancePath:instancePath+"/extra/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data21,parentDataProperty:key6,rootData}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err33 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.extra.type,parentSchema:schema20.properties.extra,data:data21};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.expect !== undefined){
let data23 = data.expect;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(Object.keys(data23).length > 100){
const err34 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema20.properties.expect,data:data23};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
for(const key7 in data23){
if(!(validate64(data23[key7], {instancePath:instancePath+"/expect/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data23,parentDataProperty:key7,rootData}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err35 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.expect.type,parentSchema:schema20.properties.expect,data:data23};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.samples !== undefined){
let data25 = data.samples;
if(Array.isArray(data25)){
if(data25.length > 32){
const err36 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema20.properties.samples,data:data25};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len0 = data25.length;
for(let i0=0; i0<len0; i0++){
let data26 = data25[i0];
if(typeof data26 !== "string"){
const err37 = {instancePath:instancePath+"/samples/" + i0,schemaPath:"#/properties/samples/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.samples.items.type,parentSchema:schema20.properties.samples.items,data:data26};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema20.properties.samples.type,parentSchema:schema20.properties.samples,data:data25};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}


const schema28 = {"$id":"https://cii2mqtt.org/schema/meters.schema.json","type":"object","additionalProperties":false,"required":["meters"],"properties":{"$schema":{"$ref":"https://cii2mqtt.org/schema/config.schema.json#/properties/$schema"},"meters":{"$ref":"https://cii2mqtt.org/schema/config.schema.json#/properties/meters"}}};
const schema29 = {"type":"string","description":"Path of this schema, for editors."};

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}

const schema30 = {"type":"array","items":{"$ref":"#/definitions/Meter"},"description":"The meters to read."};

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate33(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}


function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/meters.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.meters === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meters"},message:"must have required property '"+"meters"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "$schema") || (key0 === "meters"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
if(!(validate67(data.$schema, {instancePath:instancePath+"/$schema",parentData:data,parentDataProperty:"$schema",rootData}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.meters !== undefined){
if(!(validate69(data.meters, {instancePath:instancePath+"/meters",parentData:data,parentDataProperty:"meters",rootData}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}


const schema31 = {"$id":"https://cii2mqtt.org/schema/equipped.schema.json","type":"object","additionalProperties":false,"definitions":{"ExtraField":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/ExtraField"},"Expectation":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Expectation"},"Transport":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Transport"},"Merge":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Merge"},"Request":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Request"},"SignOn":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/SignOn"},"Decoder":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Decoder"}},"properties":{"$schema":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/$schema"},"profile":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/profile"},"version":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/version"},"title":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/title"},"description":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/description"},"extends":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/extends"},"meter":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter"},"interval":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/interval"},"transport":{"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]},"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}},"decoder":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder"},"transform":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform"},"extra":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/extra"},"expect":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/expect"},"samples":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/samples"}}};
const schema32 = {"type":"string","description":"Path of this schema, for editors."};

function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}

const schema33 = {"type":"string","pattern":"^[a-z0-9-]+$","description":"The profile's name: the file's name without .json.","examples":["ekz-e450"]};

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern14.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate75.errors = vErrors;
return errors === 0;
}

const schema34 = {"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the profile (semver).","examples":["1.0.0"]};

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern15.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}

const schema35 = {"type":"string","description":"One line for people: operator, meter, interface.","examples":["EKZ · Landis+Gyr E450 · wired M-Bus"]};

function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate79.errors = vErrors;
return errors === 0;
}

const schema36 = {"type":"string","description":"Remarks of the author for the next one."};

function validate81(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate81.errors = vErrors;
return errors === 0;
}

const schema37 = {"type":"string","description":"Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.","examples":["common/dlms-push","common/p1","common/lg-e450"]};

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}

const schema38 = {"type":"object","additionalProperties":false,"description":"The meter that is read.","properties":{"operator":{"type":"string","description":"Grid operator.","examples":["EKZ"]},"manufacturer":{"type":"string","description":"Maker of the meter.","examples":["Landis+Gyr"]},"model":{"type":"string","description":"Model of the meter.","examples":["E450"]},"adapter":{"type":"string","description":"Device between meter and network, where there is one.","examples":["gPlug"]},"interface":{"type":"string","description":"The customer interface: IDIS CII on P1, DSMR P1, wired M-Bus …","examples":["DSMR P1 (RJ12)"]},"country":{"type":"string","pattern":"^[A-Z]{2}$","description":"ISO 3166 code.","examples":["CH"]},"timezone":{"type":"string","description":"IANA name of the zone that the meter's local time is in.","examples":["Europe/Zurich"]},"tariffs":{"type":"object","description":"What each tariff is, by its number: high, low, or the operator's own word. `info` and the outputs have it beside `tariff_index`.","propertyNames":{"pattern":"^[1-9]\\d?$"},"additionalProperties":{"type":"string"},"examples":[{"1":"low","2":"high"}]}}};

function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "operator") || (key0 === "manufacturer")) || (key0 === "model")) || (key0 === "adapter")) || (key0 === "interface")) || (key0 === "country")) || (key0 === "timezone")) || (key0 === "tariffs"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.operator !== undefined){
let data0 = data.operator;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/operator",schemaPath:"#/properties/operator/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.operator.type,parentSchema:schema38.properties.operator,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.manufacturer !== undefined){
let data1 = data.manufacturer;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/manufacturer",schemaPath:"#/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.manufacturer.type,parentSchema:schema38.properties.manufacturer,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.model !== undefined){
let data2 = data.model;
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.model.type,parentSchema:schema38.properties.model,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.adapter !== undefined){
let data3 = data.adapter;
if(typeof data3 !== "string"){
const err4 = {instancePath:instancePath+"/adapter",schemaPath:"#/properties/adapter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.adapter.type,parentSchema:schema38.properties.adapter,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.interface !== undefined){
let data4 = data.interface;
if(typeof data4 !== "string"){
const err5 = {instancePath:instancePath+"/interface",schemaPath:"#/properties/interface/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.interface.type,parentSchema:schema38.properties.interface,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.country !== undefined){
let data5 = data.country;
if(typeof data5 === "string"){
if(!pattern18.test(data5)){
const err6 = {instancePath:instancePath+"/country",schemaPath:"#/properties/country/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2}$"},message:"must match pattern \""+"^[A-Z]{2}$"+"\"",schema:"^[A-Z]{2}$",parentSchema:schema38.properties.country,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/country",schemaPath:"#/properties/country/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.country.type,parentSchema:schema38.properties.country,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.timezone !== undefined){
let data6 = data.timezone;
if(typeof data6 !== "string"){
const err8 = {instancePath:instancePath+"/timezone",schemaPath:"#/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.timezone.type,parentSchema:schema38.properties.timezone,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.tariffs !== undefined){
let data7 = data.tariffs;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
const _errs18 = errors;
if(typeof key1 === "string"){
if(!pattern19.test(key1)){
const err9 = {instancePath:instancePath+"/tariffs",schemaPath:"#/properties/tariffs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d?$"+"\"",schema:"^[1-9]\\d?$",parentSchema:schema38.properties.tariffs.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var valid1 = _errs18 === errors;
if(!valid1){
const err10 = {instancePath:instancePath+"/tariffs",schemaPath:"#/properties/tariffs/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema38.properties.tariffs.propertyNames,parentSchema:schema38.properties.tariffs,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key2 in data7){
let data8 = data7[key2];
if(typeof data8 !== "string"){
const err11 = {instancePath:instancePath+"/tariffs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tariffs/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.tariffs.additionalProperties.type,parentSchema:schema38.properties.tariffs.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/tariffs",schemaPath:"#/properties/tariffs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.properties.tariffs.type,parentSchema:schema38.properties.tariffs,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate85.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams. Three times this without one, and the meter is offline.","examples":[5],"default":20};

function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data == "number") && (isFinite(data))){
if(data > 86400 || isNaN(data)){
const err0 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data <= 0 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}


function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "address") || (key0 === "interval")) || (key0 === "wakeUp")) || (key0 === "speed")) || (key0 === "commands"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.address !== undefined){
let data0 = data.address;
if(typeof data0 === "string"){
if(!pattern21.test(data0)){
const err1 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z ]{0,32}$"},message:"must match pattern \""+"^[0-9A-Za-z ]{0,32}$"+"\"",schema:"^[0-9A-Za-z ]{0,32}$",parentSchema:schema22.properties.address,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.address.type,parentSchema:schema22.properties.address,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.interval !== undefined){
let data1 = data.interval;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400 || isNaN(data1)){
const err3 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema22.properties.interval.type,parentSchema:schema22.properties.interval,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.wakeUp !== undefined){
let data2 = data.wakeUp;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 10 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0.1 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/wakeUp",schemaPath:"#/properties/wakeUp/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema22.properties.wakeUp.type,parentSchema:schema22.properties.wakeUp,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.speed !== undefined){
let data3 = data.speed;
if(!(((((((data3 === 300) || (data3 === 600)) || (data3 === 1200)) || (data3 === 2400)) || (data3 === 4800)) || (data3 === 9600)) || (data3 === 19200))){
const err9 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/enum",keyword:"enum",params:{allowedValues: schema22.properties.speed.enum},message:"must be equal to one of the allowed values",schema:schema22.properties.speed.enum,parentSchema:schema22.properties.speed,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.commands !== undefined){
let data4 = data.commands;
if(Array.isArray(data4)){
if(data4.length > 16){
const err10 = {instancePath:instancePath+"/commands",schemaPath:"#/properties/commands/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema22.properties.commands,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(!pattern22.test(data5)){
const err11 = {instancePath:instancePath+"/commands/" + i0,schemaPath:"#/properties/commands/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][0-9]( [^\\s!/]*)?$"},message:"must match pattern \""+"^[A-Z][0-9]( [^\\s!/]*)?$"+"\"",schema:"^[A-Z][0-9]( [^\\s!/]*)?$",parentSchema:schema22.properties.commands.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/commands/" + i0,schemaPath:"#/properties/commands/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.commands.items.type,parentSchema:schema22.properties.commands.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/commands",schemaPath:"#/properties/commands/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema22.properties.commands.type,parentSchema:schema22.properties.commands,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}


function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "address") || (key0 === "secondary")) || (key0 === "manufacturer")) || (key0 === "version")) || (key0 === "medium")) || (key0 === "hex")) || (key0 === "interval"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.address !== undefined){
let data0 = data.address;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.address.type,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 254 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/maximum",keyword:"maximum",params:{comparison: "<=", limit: 254},message:"must be <= 254",schema:254,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.address,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.secondary !== undefined){
let data1 = data.secondary;
if(typeof data1 === "string"){
if(!pattern23.test(data1)){
const err4 = {instancePath:instancePath+"/secondary",schemaPath:"#/properties/secondary/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}$"+"\"",schema:"^[0-9A-Fa-f]{8}$",parentSchema:schema23.properties.secondary,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/secondary",schemaPath:"#/properties/secondary/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.secondary.type,parentSchema:schema23.properties.secondary,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.manufacturer !== undefined){
let data2 = data.manufacturer;
if(typeof data2 === "string"){
if(!pattern24.test(data2)){
const err6 = {instancePath:instancePath+"/manufacturer",schemaPath:"#/properties/manufacturer/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema23.properties.manufacturer,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/manufacturer",schemaPath:"#/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.manufacturer.type,parentSchema:schema23.properties.manufacturer,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.version !== undefined){
let data3 = data.version;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.version.type,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 255 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.version,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.medium !== undefined){
let data4 = data.medium;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err11 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.medium.type,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 255 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err13 = {instancePath:instancePath+"/medium",schemaPath:"#/properties/medium/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema23.properties.medium,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.hex !== undefined){
let data5 = data.hex;
if(Array.isArray(data5)){
if(data5.length > 16){
const err14 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5.length < 1){
const err15 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(!pattern25.test(data6)){
const err16 = {instancePath:instancePath+"/hex/" + i0,schemaPath:"#/properties/hex/items/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{2})+$"},message:"must match pattern \""+"^([0-9A-Fa-f]{2})+$"+"\"",schema:"^([0-9A-Fa-f]{2})+$",parentSchema:schema23.properties.hex.items,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/hex/" + i0,schemaPath:"#/properties/hex/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.hex.items.type,parentSchema:schema23.properties.hex.items,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/hex",schemaPath:"#/properties/hex/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.properties.hex.type,parentSchema:schema23.properties.hex,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.interval !== undefined){
let data7 = data.interval;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 86400 || isNaN(data7)){
const err19 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data7 < 1 || isNaN(data7)){
const err20 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema23.properties.interval.type,parentSchema:schema23.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}


function validate93(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "by") || (key0 === "window")) || (key0 === "until"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.by !== undefined){
let data0 = data.by;
if(typeof data0 === "string"){
if(!pattern26.test(data0)){
const err1 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"},message:"must match pattern \""+"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"+"\"",schema:"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$",parentSchema:schema24.properties.by,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.by.type,parentSchema:schema24.properties.by,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.window !== undefined){
let data1 = data.window;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.window.type,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 600000 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1 < 10 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema24.properties.window,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.until !== undefined){
let data2 = data.until;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.until.type,parentSchema:schema24.properties.until,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate93.errors = vErrors;
return errors === 0;
}


function validate95(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema25.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.link !== undefined){
let data0 = data.link;
if(!((((((((data0 === "hdlc") || (data0 === "mbus")) || (data0 === "sml")) || (data0 === "p1")) || (data0 === "iec62056-21")) || (data0 === "llc")) || (data0 === "raw")) || (data0 === "auto"))){
const err1 = {instancePath:instancePath+"/link",schemaPath:"#/properties/link/enum",keyword:"enum",params:{allowedValues: schema25.properties.link.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.link.enum,parentSchema:schema25.properties.link,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.application !== undefined){
let data1 = data.application;
if(!(((((((data1 === "dlms") || (data1 === "p1")) || (data1 === "mbus")) || (data1 === "sml")) || (data1 === "iec62056-21")) || (data1 === "json")) || (data1 === "value"))){
const err2 = {instancePath:instancePath+"/application",schemaPath:"#/properties/application/enum",keyword:"enum",params:{allowedValues: schema25.properties.application.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.application.enum,parentSchema:schema25.properties.application,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.registers !== undefined){
let data2 = data.registers;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
let data3 = data2[key1];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!((((key2 === "scaler") || (key2 === "unit")) || (key2 === "negate")) || (key2 === "override"))){
const err3 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/registers/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema25.properties.registers.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data3.scaler !== undefined){
let data4 = data3.scaler;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err4 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.registers.additionalProperties.properties.scaler.type,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 12 || isNaN(data4)){
const err5 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/maximum",keyword:"maximum",params:{comparison: "<=", limit: 12},message:"must be <= 12",schema:12,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data4 < -12 || isNaN(data4)){
const err6 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/properties/registers/additionalProperties/properties/scaler/minimum",keyword:"minimum",params:{comparison: ">=", limit: -12},message:"must be >= -12",schema:-12,parentSchema:schema25.properties.registers.additionalProperties.properties.scaler,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data3.unit !== undefined){
let data5 = data3.unit;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/properties/registers/additionalProperties/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.registers.additionalProperties.properties.unit.type,parentSchema:schema25.properties.registers.additionalProperties.properties.unit,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.negate !== undefined){
let data6 = data3.negate;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.status === undefined){
const err8 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'",schema:schema25.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data6.bit === undefined){
const err9 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "bit"},message:"must have required property '"+"bit"+"'",schema:schema25.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key3 in data6){
if(!((key3 === "status") || (key3 === "bit"))){
const err10 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.status !== undefined){
let data7 = data6.status;
if(typeof data7 !== "string"){
const err11 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/status",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.registers.additionalProperties.properties.negate.properties.status.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.status,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data6.bit !== undefined){
let data8 = data6.bit;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err12 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 63 || isNaN(data8)){
const err13 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},message:"must be <= 63",schema:63,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err14 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/properties/registers/additionalProperties/properties/negate/properties/bit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema25.properties.registers.additionalProperties.properties.negate.properties.bit,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
else {
const err15 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/properties/registers/additionalProperties/properties/negate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.additionalProperties.properties.negate.type,parentSchema:schema25.properties.registers.additionalProperties.properties.negate,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data3.override !== undefined){
let data9 = data3.override;
if(typeof data9 !== "boolean"){
const err16 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/override",schemaPath:"#/properties/registers/additionalProperties/properties/override/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema25.properties.registers.additionalProperties.properties.override.type,parentSchema:schema25.properties.registers.additionalProperties.properties.override,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/registers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/registers/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.additionalProperties.type,parentSchema:schema25.properties.registers.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/registers",schemaPath:"#/properties/registers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.registers.type,parentSchema:schema25.properties.registers,data:data2};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.sequence !== undefined){
let data10 = data.sequence;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key4 in data10){
const _errs25 = errors;
if(typeof key4 === "string"){
if(!pattern27.test(key4)){
const err19 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,3}( \\S.{0,39})?$"},message:"must match pattern \""+"^[1-9]\\d{0,3}( \\S.{0,39})?$"+"\"",schema:"^[1-9]\\d{0,3}( \\S.{0,39})?$",parentSchema:schema25.properties.sequence.propertyNames,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
var valid4 = _errs25 === errors;
if(!valid4){
const err20 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema25.properties.sequence.propertyNames,parentSchema:schema25.properties.sequence,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
for(const key5 in data10){
let data11 = data10[key5];
if(Array.isArray(data11)){
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if((typeof data12 !== "string") && (data12 !== null)){
const err21 = {instancePath:instancePath+"/sequence/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/sequence/additionalProperties/items/type",keyword:"type",params:{type: schema25.properties.sequence.additionalProperties.items.type},message:"must be string,null",schema:schema25.properties.sequence.additionalProperties.items.type,parentSchema:schema25.properties.sequence.additionalProperties.items,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/sequence/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/sequence/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.sequence.additionalProperties.type,parentSchema:schema25.properties.sequence.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.sequence.type,parentSchema:schema25.properties.sequence,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.channel !== undefined){
let data13 = data.channel;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key6 in data13){
let data14 = data13[key6];
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err24 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema25.properties.channel.additionalProperties.type,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 255 || isNaN(data14)){
const err25 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data14 < 0 || isNaN(data14)){
const err26 = {instancePath:instancePath+"/channel/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/channel/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema25.properties.channel.additionalProperties,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
}
else {
const err27 = {instancePath:instancePath+"/channel",schemaPath:"#/properties/channel/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.channel.type,parentSchema:schema25.properties.channel,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.blockCheck !== undefined){
let data15 = data.blockCheck;
if(!((data15 === "required") || (data15 === "optional"))){
const err28 = {instancePath:instancePath+"/blockCheck",schemaPath:"#/properties/blockCheck/enum",keyword:"enum",params:{allowedValues: schema25.properties.blockCheck.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.blockCheck.enum,parentSchema:schema25.properties.blockCheck,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.authenticationData !== undefined){
let data16 = data.authenticationData;
if(typeof data16 === "string"){
if(!pattern0.test(data16)){
const err29 = {instancePath:instancePath+"/authenticationData",schemaPath:"#/properties/authenticationData/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema25.properties.authenticationData,data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/authenticationData",schemaPath:"#/properties/authenticationData/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.authenticationData.type,parentSchema:schema25.properties.authenticationData,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.systemTitle !== undefined){
let data17 = data.systemTitle;
if(typeof data17 === "string"){
if(!pattern29.test(data17)){
const err31 = {instancePath:instancePath+"/systemTitle",schemaPath:"#/properties/systemTitle/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{16}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{16}$"+"\"",schema:"^[0-9A-Fa-f]{16}$",parentSchema:schema25.properties.systemTitle,data:data17};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/systemTitle",schemaPath:"#/properties/systemTitle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.systemTitle.type,parentSchema:schema25.properties.systemTitle,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.authentication !== undefined){
let data18 = data.authentication;
if(!((data18 === "required") || (data18 === "optional"))){
const err33 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema25.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.authentication.enum,parentSchema:schema25.properties.authentication,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.ignore !== undefined){
let data19 = data.ignore;
if(Array.isArray(data19)){
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(typeof data20 !== "string"){
const err34 = {instancePath:instancePath+"/ignore/" + i1,schemaPath:"#/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.ignore.items.type,parentSchema:schema25.properties.ignore.items,data:data20};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.ignore.type,parentSchema:schema25.properties.ignore,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.object !== undefined){
let data21 = data.object;
if(typeof data21 === "string"){
if(func4(data21) < 1){
const err36 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema25.properties.object,data:data21};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.object.type,parentSchema:schema25.properties.object,data:data21};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate95.errors = vErrors;
return errors === 0;
}

const schema44 = {"type":"object","description":"Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free. `*` is a path to values by OBIS code (`obis`): each field that has a code and is not stated is taken from it.","additionalProperties":{"type":"string","maxLength":4096},"maxProperties":400,"examples":[{"*":"obis","power_import":"obis.`1.7.0` * 2","extra.phase_angle":"obis.`81.7.4`"}]};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 400){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 400},message:"must NOT have more than 400 properties",schema:400,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 === "string"){
if(func4(data0) > 4096){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema44.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.additionalProperties.type,parentSchema:schema44.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}

const schema45 = {"type":"object","description":"Meaning of the fields `extra.<name>`, by name: unit, class, label and OBIS code, as `info` and the outputs give them.","propertyNames":{"pattern":"^[a-z][a-z0-9_]*$"},"additionalProperties":{"$ref":"#/definitions/ExtraField"},"maxProperties":200,"examples":[{"room_temperature":{"unit":"°C","label":"Room temperature"}}]};

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 200){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties",schema:200,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern30.test(key0)){
const err1 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_]*$"+"\"",schema:"^[a-z][a-z0-9_]*$",parentSchema:schema45.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema45.propertyNames,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
if(!(validate62(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}

const schema46 = {"type":"object","description":"Plausible values, by field; `name*` for all that begin so, the longer name wins. Others are withheld and named in the reading's issues. A profile states what differs from the default, key by key; null removes.","additionalProperties":{"$ref":"#/definitions/Expectation"},"maxProperties":100,"default":{"voltage_*":{"min":50,"max":480,"orZero":true},"frequency":{"min":45,"max":65,"orZero":true},"power_factor*":{"min":-1,"max":1},"power_import*":{"max":10000000},"power_export*":{"max":10000000},"power_net*":{"min":-10000000,"max":10000000},"voltage_sags_*":{"min":0},"voltage_swells_*":{"min":0},"energy_*":{"rising":true,"maxPower":60720},"energy_import_interval":{"rising":false},"energy_export_interval":{"rising":false},"reactive_energy_*":{"rising":true,"maxPower":60720},"submeters.energy":{"rising":true,"maxPower":1000000},"submeters.volume":{"rising":true,"maxFlow":100},"time":{"drift":600}},"examples":[{"voltage_*":{"max":300},"power_import":{"max":17250},"frequency":null}]};

function validate102(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 100){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(validate64(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate102.errors = vErrors;
return errors === 0;
}

const schema47 = {"type":"array","items":{"type":"string"},"maxItems":32,"description":"Folders under meters/, or below the profile's own folder, with X.capture.jsonl and X.expected.json. By default the folder of the profile's own name, else its parent's; [] for none.","examples":[["ekz-e450"]]};

function validate105(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 32){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.items.type,parentSchema:schema47.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate105.errors = vErrors;
return errors === 0;
}


function validate72(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/equipped.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema31.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
if(!(validate73(data.$schema, {instancePath:instancePath+"/$schema",parentData:data,parentDataProperty:"$schema",rootData}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.profile !== undefined){
if(!(validate75(data.profile, {instancePath:instancePath+"/profile",parentData:data,parentDataProperty:"profile",rootData}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.version !== undefined){
if(!(validate77(data.version, {instancePath:instancePath+"/version",parentData:data,parentDataProperty:"version",rootData}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data.title !== undefined){
if(!(validate79(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.description !== undefined){
if(!(validate81(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
errors = vErrors.length;
}
}
if(data.extends !== undefined){
if(!(validate83(data.extends, {instancePath:instancePath+"/extends",parentData:data,parentDataProperty:"extends",rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.meter !== undefined){
if(!(validate85(data.meter, {instancePath:instancePath+"/meter",parentData:data,parentDataProperty:"meter",rootData}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.interval !== undefined){
if(!(validate87(data.interval, {instancePath:instancePath+"/interval",parentData:data,parentDataProperty:"interval",rootData}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
if(data.transport !== undefined){
let data8 = data.transport;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
if(!(func2.call(schema31.properties.transport.properties, key1))){
const err1 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.transport,data:data8};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data8.path !== undefined){
let data9 = data8.path;
if((typeof data9 !== "string") && (data9 !== null)){
const err2 = {instancePath:instancePath+"/transport/path",schemaPath:"#/properties/transport/properties/path/type",keyword:"type",params:{type: schema31.properties.transport.properties.path.type},message:"must be string,null",schema:schema31.properties.transport.properties.path.type,parentSchema:schema31.properties.transport.properties.path,data:data9};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data8.host !== undefined){
let data10 = data8.host;
if((typeof data10 !== "string") && (data10 !== null)){
const err3 = {instancePath:instancePath+"/transport/host",schemaPath:"#/properties/transport/properties/host/type",keyword:"type",params:{type: schema31.properties.transport.properties.host.type},message:"must be string,null",schema:schema31.properties.transport.properties.host.type,parentSchema:schema31.properties.transport.properties.host,data:data10};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data8.port !== undefined){
let data11 = data8.port;
if((!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))) && (data11 !== null)){
const err4 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/type",keyword:"type",params:{type: schema31.properties.transport.properties.port.type},message:"must be integer,null",schema:schema31.properties.transport.properties.port.type,parentSchema:schema31.properties.transport.properties.port,data:data11};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 65535 || isNaN(data11)){
const err5 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.transport.properties.port,data:data11};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data11 < 1 || isNaN(data11)){
const err6 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.transport.properties.port,data:data11};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data8.url !== undefined){
let data12 = data8.url;
if((typeof data12 !== "string") && (data12 !== null)){
const err7 = {instancePath:instancePath+"/transport/url",schemaPath:"#/properties/transport/properties/url/type",keyword:"type",params:{type: schema31.properties.transport.properties.url.type},message:"must be string,null",schema:schema31.properties.transport.properties.url.type,parentSchema:schema31.properties.transport.properties.url,data:data12};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data12 === "string"){
if(!pattern2.test(data12)){
const err8 = {instancePath:instancePath+"/transport/url",schemaPath:"#/properties/transport/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema31.properties.transport.properties.url,data:data12};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data8.kind !== undefined){
let data13 = data8.kind;
if(!((((data13 === "serial") || (data13 === "tcp")) || (data13 === "mqtt")) || (data13 === "capture"))){
const err9 = {instancePath:instancePath+"/transport/kind",schemaPath:"#/properties/transport/properties/kind/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.kind.enum,parentSchema:schema31.properties.transport.properties.kind,data:data13};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data8.line !== undefined){
let data14 = data8.line;
if(typeof data14 === "string"){
if(!pattern20.test(data14)){
const err10 = {instancePath:instancePath+"/transport/line",schemaPath:"#/properties/transport/properties/line/pattern",keyword:"pattern",params:{pattern: "^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"},message:"must match pattern \""+"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"+"\"",schema:"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$",parentSchema:schema31.properties.transport.properties.line,data:data14};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/transport/line",schemaPath:"#/properties/transport/properties/line/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.transport.properties.line.type,parentSchema:schema31.properties.transport.properties.line,data:data14};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data8.baudRate !== undefined){
let data15 = data8.baudRate;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err12 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.transport.properties.baudRate.type,parentSchema:schema31.properties.transport.properties.baudRate,data:data15};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 4000000 || isNaN(data15)){
const err13 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4000000},message:"must be <= 4000000",schema:4000000,parentSchema:schema31.properties.transport.properties.baudRate,data:data15};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data15 < 300 || isNaN(data15)){
const err14 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 300},message:"must be >= 300",schema:300,parentSchema:schema31.properties.transport.properties.baudRate,data:data15};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data8.dataBits !== undefined){
let data16 = data8.dataBits;
if(!((data16 === 7) || (data16 === 8))){
const err15 = {instancePath:instancePath+"/transport/dataBits",schemaPath:"#/properties/transport/properties/dataBits/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.dataBits.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.dataBits.enum,parentSchema:schema31.properties.transport.properties.dataBits,data:data16};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data8.parity !== undefined){
let data17 = data8.parity;
if(!(((data17 === "none") || (data17 === "even")) || (data17 === "odd"))){
const err16 = {instancePath:instancePath+"/transport/parity",schemaPath:"#/properties/transport/properties/parity/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.parity.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.parity.enum,parentSchema:schema31.properties.transport.properties.parity,data:data17};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data8.stopBits !== undefined){
let data18 = data8.stopBits;
if(!((data18 === 1) || (data18 === 2))){
const err17 = {instancePath:instancePath+"/transport/stopBits",schemaPath:"#/properties/transport/properties/stopBits/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.stopBits.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.stopBits.enum,parentSchema:schema31.properties.transport.properties.stopBits,data:data18};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.rtscts !== undefined){
let data19 = data8.rtscts;
if(typeof data19 !== "boolean"){
const err18 = {instancePath:instancePath+"/transport/rtscts",schemaPath:"#/properties/transport/properties/rtscts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.transport.properties.rtscts.type,parentSchema:schema31.properties.transport.properties.rtscts,data:data19};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data8.signOn !== undefined){
if(!(validate89(data8.signOn, {instancePath:instancePath+"/transport/signOn",parentData:data8,parentDataProperty:"signOn",rootData}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data8.request !== undefined){
if(!(validate91(data8.request, {instancePath:instancePath+"/transport/request",parentData:data8,parentDataProperty:"request",rootData}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data8.idle !== undefined){
let data22 = data8.idle;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err19 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.transport.properties.idle.type,parentSchema:schema31.properties.transport.properties.idle,data:data22};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 60000 || isNaN(data22)){
const err20 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000",schema:60000,parentSchema:schema31.properties.transport.properties.idle,data:data22};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data22 < 10 || isNaN(data22)){
const err21 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema31.properties.transport.properties.idle,data:data22};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data8.silence !== undefined){
let data23 = data8.silence;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err22 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.transport.properties.silence.type,parentSchema:schema31.properties.transport.properties.silence,data:data23};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 86400 || isNaN(data23)){
const err23 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema31.properties.transport.properties.silence,data:data23};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data23 < 1 || isNaN(data23)){
const err24 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.transport.properties.silence,data:data23};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
if(data8.topic !== undefined){
let data24 = data8.topic;
const _errs38 = errors;
let valid2 = false;
const _errs39 = errors;
if(typeof data24 !== "string"){
const err25 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.transport.properties.topic.anyOf[0].type,parentSchema:schema31.properties.transport.properties.topic.anyOf[0],data:data24};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid0 = _errs39 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs41 = errors;
if(Array.isArray(data24)){
if(data24.length > 32){
const err26 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema31.properties.transport.properties.topic.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data24.length < 1){
const err27 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.transport.properties.topic.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len0 = data24.length;
for(let i0=0; i0<len0; i0++){
let data25 = data24[i0];
if(typeof data25 !== "string"){
const err28 = {instancePath:instancePath+"/transport/topic/" + i0,schemaPath:"#/properties/transport/properties/topic/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.transport.properties.topic.anyOf[1].items.type,parentSchema:schema31.properties.transport.properties.topic.anyOf[1].items,data:data25};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.transport.properties.topic.anyOf[1].type,parentSchema:schema31.properties.transport.properties.topic.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
var _valid0 = _errs41 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
const err30 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema31.properties.transport.properties.topic.anyOf,parentSchema:schema31.properties.transport.properties.topic,data:data24};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
else {
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
}
}
if(data8.merge !== undefined){
if(!(validate93(data8.merge, {instancePath:instancePath+"/transport/merge",parentData:data8,parentDataProperty:"merge",rootData}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data8.identity !== undefined){
let data27 = data8.identity;
if(typeof data27 !== "string"){
const err31 = {instancePath:instancePath+"/transport/identity",schemaPath:"#/properties/transport/properties/identity/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.transport.properties.identity.type,parentSchema:schema31.properties.transport.properties.identity,data:data27};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data8.levels !== undefined){
let data28 = data8.levels;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
for(const key2 in data28){
let data29 = data28[key2];
if(typeof data29 !== "string"){
const err32 = {instancePath:instancePath+"/transport/levels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transport/properties/levels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.transport.properties.levels.additionalProperties.type,parentSchema:schema31.properties.transport.properties.levels.additionalProperties,data:data29};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/transport/levels",schemaPath:"#/properties/transport/properties/levels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.transport.properties.levels.type,parentSchema:schema31.properties.transport.properties.levels,data:data28};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data8.payload !== undefined){
let data30 = data8.payload;
if(!(((data30 === "json") || (data30 === "bytes")) || (data30 === "hex"))){
const err34 = {instancePath:instancePath+"/transport/payload",schemaPath:"#/properties/transport/properties/payload/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.payload.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.payload.enum,parentSchema:schema31.properties.transport.properties.payload,data:data30};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data8.speed !== undefined){
let data31 = data8.speed;
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
const err35 = {instancePath:instancePath+"/transport/speed",schemaPath:"#/properties/transport/properties/speed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.transport.properties.speed,data:data31};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/transport/speed",schemaPath:"#/properties/transport/properties/speed/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.transport.properties.speed.type,parentSchema:schema31.properties.transport.properties.speed,data:data31};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data8.loop !== undefined){
let data32 = data8.loop;
if(typeof data32 !== "boolean"){
const err37 = {instancePath:instancePath+"/transport/loop",schemaPath:"#/properties/transport/properties/loop/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.transport.properties.loop.type,parentSchema:schema31.properties.transport.properties.loop,data:data32};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data8.pause !== undefined){
let data33 = data8.pause;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err38 = {instancePath:instancePath+"/transport/pause",schemaPath:"#/properties/transport/properties/pause/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.transport.properties.pause.type,parentSchema:schema31.properties.transport.properties.pause,data:data33};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 < 0 || isNaN(data33)){
const err39 = {instancePath:instancePath+"/transport/pause",schemaPath:"#/properties/transport/properties/pause/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.transport.properties.pause,data:data33};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
if(data8.clock !== undefined){
let data34 = data8.clock;
if(!((data34 === "recorded") || (data34 === "now"))){
const err40 = {instancePath:instancePath+"/transport/clock",schemaPath:"#/properties/transport/properties/clock/enum",keyword:"enum",params:{allowedValues: schema31.properties.transport.properties.clock.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.transport.properties.clock.enum,parentSchema:schema31.properties.transport.properties.clock,data:data34};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.transport.type,parentSchema:schema31.properties.transport,data:data8};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.decoder !== undefined){
if(!(validate95(data.decoder, {instancePath:instancePath+"/decoder",parentData:data,parentDataProperty:"decoder",rootData}))){
vErrors = vErrors === null ? validate95.errors : vErrors.concat(validate95.errors);
errors = vErrors.length;
}
}
if(data.transform !== undefined){
if(!(validate97(data.transform, {instancePath:instancePath+"/transform",parentData:data,parentDataProperty:"transform",rootData}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(!(validate99(data.extra, {instancePath:instancePath+"/extra",parentData:data,parentDataProperty:"extra",rootData}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate102(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
if(data.samples !== undefined){
if(!(validate105(data.samples, {instancePath:instancePath+"/samples",parentData:data,parentDataProperty:"samples",rootData}))){
vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
errors = vErrors.length;
}
}
}
else {
const err42 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
validate72.errors = vErrors;
return errors === 0;
}
