/* Generated from schema/*.schema.json by `npm run types`. Do not edit. */
// @ts-nocheck
import type { ValidateFunction } from 'ajv'

/** The check of each kind of document that people write. */
export const validators: Readonly<Record<'capture' | 'config' | 'output' | 'profile' | 'meters' | 'equipped', ValidateFunction>> = {
	capture: validate10,
	config: validate11,
	output: validate20,
	profile: validate39,
	meters: validate42,
	equipped: validate46,
}

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/capture.schema.json","title":"CaptureHeader","description":"First line of a capture. Every further line is one of the definition Line.","type":"object","additionalProperties":false,"required":["capture","meter","source","license"],"properties":{"capture":{"const":1,"description":"Version of the format."},"meter":{"type":"string","description":"Which meter: operator, maker, model."},"source":{"type":"string","description":"Whence it is: repository, file and commit, or who recorded it when."},"license":{"type":"string","description":"Licence of the source."},"recorded":{"type":"boolean","description":"False: composed, not recorded; `note` says how. True by default."},"note":{"type":"string","description":"Remarks for readers: timing made up, ids replaced, …"},"transport":{"type":"object","description":"Line settings or topic of the recording."},"testKeys":{"type":"object","additionalProperties":false,"description":"Keys that the source published for testing, as hex digits.","properties":{"encryption":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},"authentication":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"}}}},"definitions":{"Line":{"title":"CaptureLine","oneOf":[{"title":"CaptureBytes","type":"object","additionalProperties":false,"required":["t","hex"],"properties":{"t":{"type":"number","minimum":0,"description":"Milliseconds since the start."},"hex":{"type":"string","pattern":"^([0-9A-Fa-f]{2})*$","description":"Bytes as they arrived."}}},{"title":"CaptureMessage","type":"object","additionalProperties":false,"required":["t","topic","payload"],"properties":{"t":{"type":"number","minimum":0,"description":"Milliseconds since the start."},"topic":{"type":"string","description":"MQTT topic."},"payload":{"type":"string","description":"Payload as text."},"retain":{"type":"boolean","description":"True: the broker had kept the message; it is no reading."}}}]}}};
const pattern0 = new RegExp("^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/capture.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.capture === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "capture"},message:"must have required property '"+"capture"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.meter === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meter"},message:"must have required property '"+"meter"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.source === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.license === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "license"},message:"must have required property '"+"license"+"'",schema:schema11.required,parentSchema:schema11,data};
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
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
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
const err5 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema11.properties.capture,data:data0};
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
const err6 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.meter.type,parentSchema:schema11.properties.meter,data:data1};
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
const err7 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.source.type,parentSchema:schema11.properties.source,data:data2};
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
const err8 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.license.type,parentSchema:schema11.properties.license,data:data3};
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
const err9 = {instancePath:instancePath+"/recorded",schemaPath:"#/properties/recorded/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.recorded.type,parentSchema:schema11.properties.recorded,data:data4};
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
const err10 = {instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.note.type,parentSchema:schema11.properties.note,data:data5};
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
const err11 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.transport.type,parentSchema:schema11.properties.transport,data:data6};
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
const err12 = {instancePath:instancePath+"/testKeys",schemaPath:"#/properties/testKeys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.testKeys,data:data7};
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
const err13 = {instancePath:instancePath+"/testKeys/encryption",schemaPath:"#/properties/testKeys/properties/encryption/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema11.properties.testKeys.properties.encryption,data:data8};
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
const err14 = {instancePath:instancePath+"/testKeys/encryption",schemaPath:"#/properties/testKeys/properties/encryption/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.testKeys.properties.encryption.type,parentSchema:schema11.properties.testKeys.properties.encryption,data:data8};
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
const err15 = {instancePath:instancePath+"/testKeys/authentication",schemaPath:"#/properties/testKeys/properties/authentication/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema11.properties.testKeys.properties.authentication,data:data9};
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
const err16 = {instancePath:instancePath+"/testKeys/authentication",schemaPath:"#/properties/testKeys/properties/authentication/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.testKeys.properties.authentication.type,parentSchema:schema11.properties.testKeys.properties.authentication,data:data9};
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
const err17 = {instancePath:instancePath+"/testKeys",schemaPath:"#/properties/testKeys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.testKeys.type,parentSchema:schema11.properties.testKeys,data:data7};
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
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}


const schema12 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/config.schema.json","title":"Config","description":"The config of `cii2mqtt run`: the broker, the meters, their keys.","type":"object","additionalProperties":false,"required":["mqtt","meters"],"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"mqtt":{"$ref":"#/definitions/Mqtt"},"root":{"type":"string","pattern":"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$","description":"First level(s) of every topic that is written. cii by default.","maxLength":128,"default":"cii"},"instance":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","description":"Name of this process under cii/bridge. main by default.","default":"main"},"role":{"enum":["both","read","translate"],"description":"`read`: telegrams are framed and go to cii/raw/<shard>/<meter> as they are, no key is needed. `translate`: what readers publish there becomes readings. `both` by default: one process reads and translates.","default":"both"},"shards":{"type":"string","pattern":"^[0-9-]{1,9}(,[0-9-]{1,9})*$","description":"Shards (0000 to 1023) that a translator takes; each shard has one. Two digits are a shard of version 0.2: 16 of today's, with the same meters. All by default.","examples":["0000-0511","0000-0255,0700"]},"workers":{"enum":["auto",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],"description":"Processes that share out a translator's shards under one that starts and watches them; `auto`: one for each core. Their number may change at each start. One process without this.","examples":["auto",4]},"meterFolders":{"type":"array","items":{"type":"string","pattern":"^[^\\u0000]+$"},"description":"Folders with files of further meters ({\"meters\": […]}), relative to the config, read again when they change. Key files in them are relative to the file.","examples":[["./meters"]]},"profiles":{"type":"array","items":{"type":"string","pattern":"^[^\\u0000]+$"},"description":"Folders with profiles of your own, relative to the config. They shadow built-in profiles of the same name.","examples":[["./my-profiles"]]},"stateDir":{"type":"string","description":"Folder for what must outlive a restart (replay counters, last counter values, what outputs have announced, readings that wait, the history, hashes of the page's passwords, changes of the config that can be undone), relative to the config; systemd's STATE_DIRECTORY by default, else nothing is kept.","examples":["/var/lib/cii2mqtt"]},"outputs":{"type":"array","items":{"$ref":"#/definitions/OutputEntry"},"description":"Other conventions that readings are published by, and devices that this process answers as: names of files in profiles/outputs/, or in outputs/ of a folder of your own.","examples":[["home-assistant",{"output":"rl-dsp","options":{"group":"house"}},{"output":"shelly-pro-3em","meters":["house"],"host":"127.0.0.1","port":8181}]]},"http":{"$ref":"#/definitions/Http"},"history":{"description":"The history over days, in stateDir: energy and peak power of each quarter-hour, power of each minute. False keeps nothing. By default it is kept where the config has `http` and a stateDir.","oneOf":[{"type":"boolean"},{"$ref":"#/definitions/HistorySettings"}]},"tariffs":{"type":"array","items":{"$ref":"#/definitions/Tariff"},"description":"The prices of energy. Among those that are for a meter, the one with the latest `from` holds.","examples":[[{"from":"2026-01-01","currency":"CHF","import":0.29,"export":0.12,"windows":[{"days":"mo-fr","hours":"07:00-20:00","import":0.33}]}]]},"meters":{"type":"array","items":{"$ref":"#/definitions/Meter"},"description":"The meters to read."}},"definitions":{"OutputEntry":{"description":"An output by its name, or with settings of your own.","oneOf":[{"type":"string"},{"$ref":"#/definitions/OutputSettings"}]},"OutputSettings":{"title":"OutputSettings","type":"object","additionalProperties":false,"required":["output"],"description":"An output, for some meters or fields only, less often, rounded, or in other units.","properties":{"output":{"type":"string","description":"Its name.","examples":["rl-dsp"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default; an output that is asked is for one."},"fields":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that it gets, with * at the end for all that begin so. All by default.","examples":[["power_net","energy_*"]]},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two readings of a meter at least; those between are left out."},"onChange":{"type":"boolean","default":false,"description":"Only the fields whose values differ from the last ones that it got."},"digits":{"type":"integer","minimum":0,"maximum":6,"description":"Decimal places, after `units`."},"units":{"enum":["base","kilo"],"default":"base","description":"`kilo`: kW, kWh, kvar, kvarh and kVA instead of W, Wh, var, varh and VA."},"host":{"type":"string","minLength":1,"description":"For an output that is asked: the address of this computer on which it answers. All IPv4 addresses (0.0.0.0) by default, for whoever asks must reach it, and without a password, since the device has none. 127.0.0.1 is for programs on this computer only.","examples":["127.0.0.1"]},"port":{"type":"integer","minimum":0,"maximum":65535,"description":"For an output that is asked: its port, in place of the device's own. Ports below 1024 need rights.","examples":[8181]},"udpPort":{"type":"integer","minimum":0,"maximum":65535,"description":"For an output that is asked by UDP: its UDP port, in place of the device's own.","examples":[2220]},"framing":{"enum":["tcp","rtu"],"default":"tcp","description":"For an output that is asked by Modbus: `rtu` for the frames of a serial line over TCP, as gateways send them."},"maxAge":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"For an output that is asked: seconds after which a field is no longer answered, in place of the output's own (twice the meter's interval).","examples":[15]},"options":{"type":"object","description":"Options of the output itself."}}},"Secret":{"title":"Secret","description":"A secret by reference: an environment variable, or a file's content.","oneOf":[{"type":"object","additionalProperties":false,"required":["$env"],"properties":{"$env":{"type":"string","description":"Name of an environment variable."}}},{"type":"object","additionalProperties":false,"required":["$file"],"properties":{"$file":{"type":"string","description":"Path of a file, relative to the config."}}}]},"Mqtt":{"title":"Mqtt","type":"object","additionalProperties":false,"description":"The broker: a `url`, or `embedded`.","properties":{"url":{"type":"string","pattern":"^(mqtts?|wss?)://","description":"mqtt://host:1883, mqtts://host:8883, ws://host:9001.","examples":["mqtt://localhost:1883"]},"username":{"type":"string","description":"User name.","examples":["hackday"]},"password":{"$ref":"#/definitions/Secret"},"clientId":{"type":"string","maxLength":64,"description":"Client id. cii2mqtt-<instance> by default."},"ca":{"type":"string","description":"TLS: file of the certificate authority (PEM), relative to the config.","examples":["ca.crt"]},"cert":{"type":"string","description":"TLS: file of the client's certificate (PEM)."},"key":{"type":"string","description":"TLS: file of the client's private key (PEM)."},"servername":{"type":"string","description":"TLS: name in the broker's certificate, where it is not the host of the url."},"outbox":{"type":"object","additionalProperties":false,"description":"Readings that wait while the broker is away. Beyond the limits the oldest go, counted.","properties":{"messages":{"type":"integer","minimum":100,"maximum":1000000,"description":"10000 by default.","default":10000},"bytes":{"type":"integer","minimum":100000,"maximum":1000000000,"description":"16 MB by default.","default":16777216},"disk":{"type":"boolean","description":"True: readings are in stateDir until the broker has acknowledged them, and outlive the process: a kill loses none, a power cut those of the last second. False by default.","default":false}}},"embedded":{"type":"object","additionalProperties":false,"description":"A broker inside this process (MQTT 3.1.1): demo, tests, small homes.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 1883 by default.","default":1883},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default.","default":"127.0.0.1"}}}}},"Http":{"title":"Http","type":"object","additionalProperties":false,"description":"The page, its API under /api, /health and /metrics (Prometheus). Off without this.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 8080 by default.","default":8080},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default: whoever reaches another one needs the page's password.","default":"127.0.0.1"},"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+$"},"description":"Public names that the page is opened by, behind a proxy. Addresses, names without a dot and those in .local, .lan, .internal and .home.arpa need none.","examples":[["meter.example.org"]]},"broker":{"type":"string","description":"No longer used: the page asks this process, not the broker.","deprecated":true},"path":{"type":"string","pattern":"^(/[A-Za-z0-9._~-]+)+$","description":"Path under which a reverse proxy offers the page, where the proxy does not take it away.","examples":["/meter"]},"proxy":{"type":"array","items":{"type":"string"},"description":"Addresses or networks (10.0.0.0/24) of reverse proxies whose headers are believed: who asks (X-Forwarded-For), by which name and scheme (X-Forwarded-Host, X-Forwarded-Proto), and under which path (X-Ingress-Path). Name one that runs on this machine too: whoever asks from its address needs the password. People whom Home Assistant's ingress passes on (172.30.32.2, with X-Ingress-Path) are signed in there, and may change all. None by default.","examples":[["172.30.32.2"]]}}},"MeterTransport":{"title":"MeterTransport","type":"object","additionalProperties":true,"description":"Where the bytes or messages come from; the rest is laid over the profile's transport: line, topic, levels, …; a `kind` of its own replaces it.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]}},"examples":[{"path":"/dev/ttyUSB0"},{"path":"/dev/ttyUSB0","line":"9600 8N1"},{"host":"192.168.1.50","port":3333}]},"Meter":{"title":"Meter","type":"object","additionalProperties":false,"required":["name","profile"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","not":{"enum":["bridge","raw"]},"description":"Name in the topics, cii/<name>/reading: A-Z, a-z, 0-9, _ and -, 64 at most; not bridge, not raw.","examples":["house"]},"profile":{"type":"string","pattern":"^(common/)?[a-z0-9-]+$","description":"Profile that describes the meter, or a fragment that says enough.","examples":["ekz-e450","common/sml"]},"title":{"type":"string","minLength":1,"maxLength":80,"description":"The title on the page. Its name by default.","examples":["Main house"]},"fuse":{"type":"number","minimum":1,"maximum":5000,"description":"Amperes that the connection carries on each phase: the page shows the currents against it.","examples":[25,63]},"id":{"type":"string","minLength":1,"maxLength":64,"description":"The meter's id, for meters that send none.","examples":["12345"]},"enabled":{"type":"boolean","description":"False: the meter is not read. True by default.","default":true},"raw":{"type":"boolean","description":"True: the bytes of each telegram go to cii/raw/<shard>/<meter> as well. False by default.","default":false},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams of this meter or adapter, where that differs from the profile: three times this without one, and the meter is offline. A slower one is learned from what arrives.","examples":[60]},"transport":{"$ref":"#/definitions/MeterTransport"},"decoder":{"type":"object","description":"Laid over the profile's decoder, for what differs from meter to meter (scalers behind current transformers).","examples":[{"registers":{"A":{"scaler":0}}}]},"expect":{"type":"object","description":"Laid over the profile's `expect`: what this connection can carry.","examples":[{"power_import":{"max":17250}}]},"reset":{"type":"string","maxLength":200,"description":"States that the meter starts over (swapped, set back): when this text changes, replay counters and last values are forgotten.","examples":["2026-11-23: new meter"]},"keys":{"type":"object","additionalProperties":false,"description":"Keys of a ciphered meter: 32 or 64 hex digits each.","properties":{"encryption":{"$ref":"#/definitions/Secret"},"authentication":{"$ref":"#/definitions/Secret"}}}}},"HistorySettings":{"title":"HistorySettings","type":"object","additionalProperties":false,"description":"How long history is kept.","properties":{"days":{"type":"integer","minimum":1,"maximum":36500,"description":"Days of quarter-hours. 800 by default.","default":800},"minuteDays":{"type":"integer","minimum":0,"maximum":366,"description":"Days of minutes. 7 by default.","default":7}}},"Tariff":{"title":"Tariff","type":"object","additionalProperties":false,"required":["from","currency"],"description":"Prices from a day on, until the next one holds.","properties":{"from":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","description":"First day, by the meter's time zone.","examples":["2026-01-01"]},"currency":{"type":"string","pattern":"^[A-Z]{3}$","description":"Currency (ISO 4217).","examples":["CHF","EUR"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default."},"import":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh from the grid."},"export":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh into the grid."},"windows":{"type":"array","maxItems":50,"items":{"$ref":"#/definitions/TariffWindow"},"description":"Other prices at some hours; the first that fits holds."}}},"TariffWindow":{"title":"TariffWindow","type":"object","additionalProperties":false,"description":"Hours with other prices.","properties":{"days":{"type":"string","pattern":"^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$","description":"Days of the week. All by default.","examples":["mo-fr","sa,su"]},"hours":{"type":"string","pattern":"^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$","description":"From one quarter-hour to another; past midnight where the end is not after the beginning. All by default.","examples":["07:00-20:00","22:00-06:00"]},"months":{"type":"string","pattern":"^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$","description":"Months. All by default.","examples":["10-3"]},"import":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh from the grid at these hours."},"export":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh into the grid at these hours."}}}}};
const schema17 = {"title":"Http","type":"object","additionalProperties":false,"description":"The page, its API under /api, /health and /metrics (Prometheus). Off without this.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 8080 by default.","default":8080},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default: whoever reaches another one needs the page's password.","default":"127.0.0.1"},"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+$"},"description":"Public names that the page is opened by, behind a proxy. Addresses, names without a dot and those in .local, .lan, .internal and .home.arpa need none.","examples":[["meter.example.org"]]},"broker":{"type":"string","description":"No longer used: the page asks this process, not the broker.","deprecated":true},"path":{"type":"string","pattern":"^(/[A-Za-z0-9._~-]+)+$","description":"Path under which a reverse proxy offers the page, where the proxy does not take it away.","examples":["/meter"]},"proxy":{"type":"array","items":{"type":"string"},"description":"Addresses or networks (10.0.0.0/24) of reverse proxies whose headers are believed: who asks (X-Forwarded-For), by which name and scheme (X-Forwarded-Host, X-Forwarded-Proto), and under which path (X-Ingress-Path). Name one that runs on this machine too: whoever asks from its address needs the password. People whom Home Assistant's ingress passes on (172.30.32.2, with X-Ingress-Path) are signed in there, and may change all. None by default.","examples":[["172.30.32.2"]]}}};
const schema18 = {"title":"HistorySettings","type":"object","additionalProperties":false,"description":"How long history is kept.","properties":{"days":{"type":"integer","minimum":1,"maximum":36500,"description":"Days of quarter-hours. 800 by default.","default":800},"minuteDays":{"type":"integer","minimum":0,"maximum":366,"description":"Days of minutes. 7 by default.","default":7}}};
const func2 = Object.prototype.hasOwnProperty;
const func4 = (text: string) => { let count = 0; for (const _ of text) count++; return count };
const schema13 = {"title":"Mqtt","type":"object","additionalProperties":false,"description":"The broker: a `url`, or `embedded`.","properties":{"url":{"type":"string","pattern":"^(mqtts?|wss?)://","description":"mqtt://host:1883, mqtts://host:8883, ws://host:9001.","examples":["mqtt://localhost:1883"]},"username":{"type":"string","description":"User name.","examples":["hackday"]},"password":{"$ref":"#/definitions/Secret"},"clientId":{"type":"string","maxLength":64,"description":"Client id. cii2mqtt-<instance> by default."},"ca":{"type":"string","description":"TLS: file of the certificate authority (PEM), relative to the config.","examples":["ca.crt"]},"cert":{"type":"string","description":"TLS: file of the client's certificate (PEM)."},"key":{"type":"string","description":"TLS: file of the client's private key (PEM)."},"servername":{"type":"string","description":"TLS: name in the broker's certificate, where it is not the host of the url."},"outbox":{"type":"object","additionalProperties":false,"description":"Readings that wait while the broker is away. Beyond the limits the oldest go, counted.","properties":{"messages":{"type":"integer","minimum":100,"maximum":1000000,"description":"10000 by default.","default":10000},"bytes":{"type":"integer","minimum":100000,"maximum":1000000000,"description":"16 MB by default.","default":16777216},"disk":{"type":"boolean","description":"True: readings are in stateDir until the broker has acknowledged them, and outlive the process: a kill loses none, a power cut those of the last second. False by default.","default":false}}},"embedded":{"type":"object","additionalProperties":false,"description":"A broker inside this process (MQTT 3.1.1): demo, tests, small homes.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"TCP port; 0 takes a free one. 1883 by default.","default":1883},"host":{"type":"string","description":"Address to listen on. 127.0.0.1 by default.","default":"127.0.0.1"}}}}};
const schema14 = {"title":"Secret","description":"A secret by reference: an environment variable, or a file's content.","oneOf":[{"type":"object","additionalProperties":false,"required":["$env"],"properties":{"$env":{"type":"string","description":"Name of an environment variable."}}},{"type":"object","additionalProperties":false,"required":["$file"],"properties":{"$file":{"type":"string","description":"Path of a file, relative to the config."}}}]};
const pattern2 = new RegExp("^(mqtts?|wss?)://", "u");

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
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
const err1 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema13.properties.url,data:data0};
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
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.url.type,parentSchema:schema13.properties.url,data:data0};
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
const err3 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.username.type,parentSchema:schema13.properties.username,data:data1};
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
let data2 = data.password;
const _errs8 = errors;
let valid2 = false;
let passing0 = null;
const _errs9 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.$env === undefined){
const err4 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/0/required",keyword:"required",params:{missingProperty: "$env"},message:"must have required property '"+"$env"+"'",schema:schema14.oneOf[0].required,parentSchema:schema14.oneOf[0],data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data2){
if(!(key1 === "$env")){
const err5 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[0],data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data2.$env !== undefined){
let data3 = data2.$env;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/password/$env",schemaPath:"#/definitions/Secret/oneOf/0/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[0].properties.$env.type,parentSchema:schema14.oneOf[0].properties.$env,data:data3};
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
const err7 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[0].type,parentSchema:schema14.oneOf[0],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs9 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs14 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.$file === undefined){
const err8 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/1/required",keyword:"required",params:{missingProperty: "$file"},message:"must have required property '"+"$file"+"'",schema:schema14.oneOf[1].required,parentSchema:schema14.oneOf[1],data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key2 in data2){
if(!(key2 === "$file")){
const err9 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[1],data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.$file !== undefined){
let data4 = data2.$file;
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/password/$file",schemaPath:"#/definitions/Secret/oneOf/1/properties/%24file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[1].properties.$file.type,parentSchema:schema14.oneOf[1].properties.$file,data:data4};
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
else {
const err11 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[1].type,parentSchema:schema14.oneOf[1],data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid0 = _errs14 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err12 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/Secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema14.oneOf,parentSchema:schema14,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
}
if(data.clientId !== undefined){
let data5 = data.clientId;
if(typeof data5 === "string"){
if(func4(data5) > 64){
const err13 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema13.properties.clientId,data:data5};
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
const err14 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.clientId.type,parentSchema:schema13.properties.clientId,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.ca !== undefined){
let data6 = data.ca;
if(typeof data6 !== "string"){
const err15 = {instancePath:instancePath+"/ca",schemaPath:"#/properties/ca/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.ca.type,parentSchema:schema13.properties.ca,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.cert !== undefined){
let data7 = data.cert;
if(typeof data7 !== "string"){
const err16 = {instancePath:instancePath+"/cert",schemaPath:"#/properties/cert/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.cert.type,parentSchema:schema13.properties.cert,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.key !== undefined){
let data8 = data.key;
if(typeof data8 !== "string"){
const err17 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.key.type,parentSchema:schema13.properties.key,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.servername !== undefined){
let data9 = data.servername;
if(typeof data9 !== "string"){
const err18 = {instancePath:instancePath+"/servername",schemaPath:"#/properties/servername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.servername.type,parentSchema:schema13.properties.servername,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.outbox !== undefined){
let data10 = data.outbox;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key3 in data10){
if(!(((key3 === "messages") || (key3 === "bytes")) || (key3 === "disk"))){
const err19 = {instancePath:instancePath+"/outbox",schemaPath:"#/properties/outbox/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema13.properties.outbox,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data10.messages !== undefined){
let data11 = data10.messages;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err20 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.outbox.properties.messages.type,parentSchema:schema13.properties.outbox.properties.messages,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 1000000 || isNaN(data11)){
const err21 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema13.properties.outbox.properties.messages,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data11 < 100 || isNaN(data11)){
const err22 = {instancePath:instancePath+"/outbox/messages",schemaPath:"#/properties/outbox/properties/messages/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema13.properties.outbox.properties.messages,data:data11};
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
if(data10.bytes !== undefined){
let data12 = data10.bytes;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err23 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.outbox.properties.bytes.type,parentSchema:schema13.properties.outbox.properties.bytes,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000000 || isNaN(data12)){
const err24 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema13.properties.outbox.properties.bytes,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data12 < 100000 || isNaN(data12)){
const err25 = {instancePath:instancePath+"/outbox/bytes",schemaPath:"#/properties/outbox/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100000},message:"must be >= 100000",schema:100000,parentSchema:schema13.properties.outbox.properties.bytes,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data10.disk !== undefined){
let data13 = data10.disk;
if(typeof data13 !== "boolean"){
const err26 = {instancePath:instancePath+"/outbox/disk",schemaPath:"#/properties/outbox/properties/disk/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.outbox.properties.disk.type,parentSchema:schema13.properties.outbox.properties.disk,data:data13};
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
else {
const err27 = {instancePath:instancePath+"/outbox",schemaPath:"#/properties/outbox/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.outbox.type,parentSchema:schema13.properties.outbox,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.embedded !== undefined){
let data14 = data.embedded;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key4 in data14){
if(!((key4 === "port") || (key4 === "host"))){
const err28 = {instancePath:instancePath+"/embedded",schemaPath:"#/properties/embedded/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema13.properties.embedded,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data14.port !== undefined){
let data15 = data14.port;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err29 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.embedded.properties.port.type,parentSchema:schema13.properties.embedded.properties.port,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 65535 || isNaN(data15)){
const err30 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema13.properties.embedded.properties.port,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err31 = {instancePath:instancePath+"/embedded/port",schemaPath:"#/properties/embedded/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.embedded.properties.port,data:data15};
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
if(data14.host !== undefined){
let data16 = data14.host;
if(typeof data16 !== "string"){
const err32 = {instancePath:instancePath+"/embedded/host",schemaPath:"#/properties/embedded/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.embedded.properties.host.type,parentSchema:schema13.properties.embedded.properties.host,data:data16};
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
const err33 = {instancePath:instancePath+"/embedded",schemaPath:"#/properties/embedded/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.embedded.type,parentSchema:schema13.properties.embedded,data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

const schema15 = {"description":"An output by its name, or with settings of your own.","oneOf":[{"type":"string"},{"$ref":"#/definitions/OutputSettings"}]};
const schema16 = {"title":"OutputSettings","type":"object","additionalProperties":false,"required":["output"],"description":"An output, for some meters or fields only, less often, rounded, or in other units.","properties":{"output":{"type":"string","description":"Its name.","examples":["rl-dsp"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default; an output that is asked is for one."},"fields":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that it gets, with * at the end for all that begin so. All by default.","examples":[["power_net","energy_*"]]},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two readings of a meter at least; those between are left out."},"onChange":{"type":"boolean","default":false,"description":"Only the fields whose values differ from the last ones that it got."},"digits":{"type":"integer","minimum":0,"maximum":6,"description":"Decimal places, after `units`."},"units":{"enum":["base","kilo"],"default":"base","description":"`kilo`: kW, kWh, kvar, kvarh and kVA instead of W, Wh, var, varh and VA."},"host":{"type":"string","minLength":1,"description":"For an output that is asked: the address of this computer on which it answers. All IPv4 addresses (0.0.0.0) by default, for whoever asks must reach it, and without a password, since the device has none. 127.0.0.1 is for programs on this computer only.","examples":["127.0.0.1"]},"port":{"type":"integer","minimum":0,"maximum":65535,"description":"For an output that is asked: its port, in place of the device's own. Ports below 1024 need rights.","examples":[8181]},"udpPort":{"type":"integer","minimum":0,"maximum":65535,"description":"For an output that is asked by UDP: its UDP port, in place of the device's own.","examples":[2220]},"framing":{"enum":["tcp","rtu"],"default":"tcp","description":"For an output that is asked by Modbus: `rtu` for the frames of a serial line over TCP, as gateways send them."},"maxAge":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"For an output that is asked: seconds after which a field is no longer answered, in place of the output's own (twice the meter's interval).","examples":[15]},"options":{"type":"object","description":"Options of the output itself."}}};
const pattern8 = new RegExp("^[a-z0-9_.]+\\*?$", "u");

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.oneOf[0].type,parentSchema:schema15.oneOf[0],data};
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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.output === undefined){
const err1 = {instancePath,schemaPath:"#/definitions/OutputSettings/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema16.required,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema16.properties, key0))){
const err2 = {instancePath,schemaPath:"#/definitions/OutputSettings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.output !== undefined){
let data0 = data.output;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/output",schemaPath:"#/definitions/OutputSettings/properties/output/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.properties.output.type,parentSchema:schema16.properties.output,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
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
const err4 = {instancePath:instancePath+"/meters/" + i0,schemaPath:"#/definitions/OutputSettings/properties/meters/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.properties.meters.items.type,parentSchema:schema16.properties.meters.items,data:data2};
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
const err5 = {instancePath:instancePath+"/meters",schemaPath:"#/definitions/OutputSettings/properties/meters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema16.properties.meters.type,parentSchema:schema16.properties.meters,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
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
const err6 = {instancePath:instancePath+"/fields/" + i1,schemaPath:"#/definitions/OutputSettings/properties/fields/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_.]+\\*?$"},message:"must match pattern \""+"^[a-z0-9_.]+\\*?$"+"\"",schema:"^[a-z0-9_.]+\\*?$",parentSchema:schema16.properties.fields.items,data:data4};
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
const err7 = {instancePath:instancePath+"/fields/" + i1,schemaPath:"#/definitions/OutputSettings/properties/fields/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.properties.fields.items.type,parentSchema:schema16.properties.fields.items,data:data4};
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
const err8 = {instancePath:instancePath+"/fields",schemaPath:"#/definitions/OutputSettings/properties/fields/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema16.properties.fields.type,parentSchema:schema16.properties.fields,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.interval !== undefined){
let data5 = data.interval;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 86400 || isNaN(data5)){
const err9 = {instancePath:instancePath+"/interval",schemaPath:"#/definitions/OutputSettings/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema16.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data5 <= 0 || isNaN(data5)){
const err10 = {instancePath:instancePath+"/interval",schemaPath:"#/definitions/OutputSettings/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema16.properties.interval,data:data5};
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
const err11 = {instancePath:instancePath+"/interval",schemaPath:"#/definitions/OutputSettings/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema16.properties.interval.type,parentSchema:schema16.properties.interval,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.onChange !== undefined){
let data6 = data.onChange;
if(typeof data6 !== "boolean"){
const err12 = {instancePath:instancePath+"/onChange",schemaPath:"#/definitions/OutputSettings/properties/onChange/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema16.properties.onChange.type,parentSchema:schema16.properties.onChange,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.digits !== undefined){
let data7 = data.digits;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err13 = {instancePath:instancePath+"/digits",schemaPath:"#/definitions/OutputSettings/properties/digits/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.digits.type,parentSchema:schema16.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 6 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/digits",schemaPath:"#/definitions/OutputSettings/properties/digits/maximum",keyword:"maximum",params:{comparison: "<=", limit: 6},message:"must be <= 6",schema:6,parentSchema:schema16.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/digits",schemaPath:"#/definitions/OutputSettings/properties/digits/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.digits,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.units !== undefined){
let data8 = data.units;
if(!((data8 === "base") || (data8 === "kilo"))){
const err16 = {instancePath:instancePath+"/units",schemaPath:"#/definitions/OutputSettings/properties/units/enum",keyword:"enum",params:{allowedValues: schema16.properties.units.enum},message:"must be equal to one of the allowed values",schema:schema16.properties.units.enum,parentSchema:schema16.properties.units,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.host !== undefined){
let data9 = data.host;
if(typeof data9 === "string"){
if(func4(data9) < 1){
const err17 = {instancePath:instancePath+"/host",schemaPath:"#/definitions/OutputSettings/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema16.properties.host,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/host",schemaPath:"#/definitions/OutputSettings/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.properties.host.type,parentSchema:schema16.properties.host,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.port !== undefined){
let data10 = data.port;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err19 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/OutputSettings/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.port.type,parentSchema:schema16.properties.port,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 65535 || isNaN(data10)){
const err20 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/OutputSettings/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema16.properties.port,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data10 < 0 || isNaN(data10)){
const err21 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/OutputSettings/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.port,data:data10};
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
if(data.udpPort !== undefined){
let data11 = data.udpPort;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err22 = {instancePath:instancePath+"/udpPort",schemaPath:"#/definitions/OutputSettings/properties/udpPort/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.udpPort.type,parentSchema:schema16.properties.udpPort,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 65535 || isNaN(data11)){
const err23 = {instancePath:instancePath+"/udpPort",schemaPath:"#/definitions/OutputSettings/properties/udpPort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema16.properties.udpPort,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data11 < 0 || isNaN(data11)){
const err24 = {instancePath:instancePath+"/udpPort",schemaPath:"#/definitions/OutputSettings/properties/udpPort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.udpPort,data:data11};
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
if(data.framing !== undefined){
let data12 = data.framing;
if(!((data12 === "tcp") || (data12 === "rtu"))){
const err25 = {instancePath:instancePath+"/framing",schemaPath:"#/definitions/OutputSettings/properties/framing/enum",keyword:"enum",params:{allowedValues: schema16.properties.framing.enum},message:"must be equal to one of the allowed values",schema:schema16.properties.framing.enum,parentSchema:schema16.properties.framing,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.maxAge !== undefined){
let data13 = data.maxAge;
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 86400 || isNaN(data13)){
const err26 = {instancePath:instancePath+"/maxAge",schemaPath:"#/definitions/OutputSettings/properties/maxAge/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema16.properties.maxAge,data:data13};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data13 <= 0 || isNaN(data13)){
const err27 = {instancePath:instancePath+"/maxAge",schemaPath:"#/definitions/OutputSettings/properties/maxAge/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema16.properties.maxAge,data:data13};
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
const err28 = {instancePath:instancePath+"/maxAge",schemaPath:"#/definitions/OutputSettings/properties/maxAge/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema16.properties.maxAge.type,parentSchema:schema16.properties.maxAge,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.options !== undefined){
let data14 = data.options;
if(!(data14 && typeof data14 == "object" && !Array.isArray(data14))){
const err29 = {instancePath:instancePath+"/options",schemaPath:"#/definitions/OutputSettings/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema16.properties.options.type,parentSchema:schema16.properties.options,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath,schemaPath:"#/definitions/OutputSettings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema16.type,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
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
const err31 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema15.oneOf,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
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
validate14.errors = vErrors;
return errors === 0;
}

const schema19 = {"title":"Tariff","type":"object","additionalProperties":false,"required":["from","currency"],"description":"Prices from a day on, until the next one holds.","properties":{"from":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","description":"First day, by the meter's time zone.","examples":["2026-01-01"]},"currency":{"type":"string","pattern":"^[A-Z]{3}$","description":"Currency (ISO 4217).","examples":["CHF","EUR"]},"meters":{"type":"array","items":{"type":"string"},"description":"Names of the meters that it is for. All by default."},"import":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh from the grid."},"export":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh into the grid."},"windows":{"type":"array","maxItems":50,"items":{"$ref":"#/definitions/TariffWindow"},"description":"Other prices at some hours; the first that fits holds."}}};
const schema20 = {"title":"TariffWindow","type":"object","additionalProperties":false,"description":"Hours with other prices.","properties":{"days":{"type":"string","pattern":"^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$","description":"Days of the week. All by default.","examples":["mo-fr","sa,su"]},"hours":{"type":"string","pattern":"^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$","description":"From one quarter-hour to another; past midnight where the end is not after the beginning. All by default.","examples":["07:00-20:00","22:00-06:00"]},"months":{"type":"string","pattern":"^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$","description":"Months. All by default.","examples":["10-3"]},"import":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh from the grid at these hours."},"export":{"type":"number","minimum":-100,"maximum":100,"description":"Price of a kWh into the grid at these hours."}}};
const pattern11 = new RegExp("^\\d{4}-\\d{2}-\\d{2}$", "u");
const pattern12 = new RegExp("^[A-Z]{3}$", "u");
const pattern13 = new RegExp("^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$", "u");
const pattern14 = new RegExp("^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$", "u");
const pattern15 = new RegExp("^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$", "u");

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.currency === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "currency"},message:"must have required property '"+"currency"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "from") || (key0 === "currency")) || (key0 === "meters")) || (key0 === "import")) || (key0 === "export")) || (key0 === "windows"))){
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
if(data.from !== undefined){
let data0 = data.from;
if(typeof data0 === "string"){
if(!pattern11.test(data0)){
const err3 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema19.properties.from,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.from.type,parentSchema:schema19.properties.from,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.currency !== undefined){
let data1 = data.currency;
if(typeof data1 === "string"){
if(!pattern12.test(data1)){
const err5 = {instancePath:instancePath+"/currency",schemaPath:"#/properties/currency/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema19.properties.currency,data:data1};
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
const err6 = {instancePath:instancePath+"/currency",schemaPath:"#/properties/currency/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.currency.type,parentSchema:schema19.properties.currency,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.meters !== undefined){
let data2 = data.meters;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err7 = {instancePath:instancePath+"/meters/" + i0,schemaPath:"#/properties/meters/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.meters.items.type,parentSchema:schema19.properties.meters.items,data:data3};
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
const err8 = {instancePath:instancePath+"/meters",schemaPath:"#/properties/meters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.meters.type,parentSchema:schema19.properties.meters,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.import !== undefined){
let data4 = data.import;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 100 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/import",schemaPath:"#/properties/import/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema19.properties.import,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 < -100 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/import",schemaPath:"#/properties/import/minimum",keyword:"minimum",params:{comparison: ">=", limit: -100},message:"must be >= -100",schema:-100,parentSchema:schema19.properties.import,data:data4};
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
const err11 = {instancePath:instancePath+"/import",schemaPath:"#/properties/import/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema19.properties.import.type,parentSchema:schema19.properties.import,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.export !== undefined){
let data5 = data.export;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 100 || isNaN(data5)){
const err12 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema19.properties.export,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data5 < -100 || isNaN(data5)){
const err13 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/minimum",keyword:"minimum",params:{comparison: ">=", limit: -100},message:"must be >= -100",schema:-100,parentSchema:schema19.properties.export,data:data5};
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
const err14 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema19.properties.export.type,parentSchema:schema19.properties.export,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.windows !== undefined){
let data6 = data.windows;
if(Array.isArray(data6)){
if(data6.length > 50){
const err15 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema19.properties.windows,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!(((((key1 === "days") || (key1 === "hours")) || (key1 === "months")) || (key1 === "import")) || (key1 === "export"))){
const err16 = {instancePath:instancePath+"/windows/" + i1,schemaPath:"#/definitions/TariffWindow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.days !== undefined){
let data8 = data7.days;
if(typeof data8 === "string"){
if(!pattern13.test(data8)){
const err17 = {instancePath:instancePath+"/windows/" + i1+"/days",schemaPath:"#/definitions/TariffWindow/properties/days/pattern",keyword:"pattern",params:{pattern: "^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$"},message:"must match pattern \""+"^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$"+"\"",schema:"^(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?(,(mo|tu|we|th|fr|sa|su)(-(mo|tu|we|th|fr|sa|su))?)*$",parentSchema:schema20.properties.days,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/windows/" + i1+"/days",schemaPath:"#/definitions/TariffWindow/properties/days/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.days.type,parentSchema:schema20.properties.days,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.hours !== undefined){
let data9 = data7.hours;
if(typeof data9 === "string"){
if(!pattern14.test(data9)){
const err19 = {instancePath:instancePath+"/windows/" + i1+"/hours",schemaPath:"#/definitions/TariffWindow/properties/hours/pattern",keyword:"pattern",params:{pattern: "^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$"},message:"must match pattern \""+"^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$"+"\"",schema:"^([01]\\d|2[0-3]):(00|15|30|45)-([01]\\d|2[0-4]):(00|15|30|45)$",parentSchema:schema20.properties.hours,data:data9};
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
const err20 = {instancePath:instancePath+"/windows/" + i1+"/hours",schemaPath:"#/definitions/TariffWindow/properties/hours/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.hours.type,parentSchema:schema20.properties.hours,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data7.months !== undefined){
let data10 = data7.months;
if(typeof data10 === "string"){
if(!pattern15.test(data10)){
const err21 = {instancePath:instancePath+"/windows/" + i1+"/months",schemaPath:"#/definitions/TariffWindow/properties/months/pattern",keyword:"pattern",params:{pattern: "^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$"},message:"must match pattern \""+"^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$"+"\"",schema:"^(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(,(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*$",parentSchema:schema20.properties.months,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/windows/" + i1+"/months",schemaPath:"#/definitions/TariffWindow/properties/months/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.months.type,parentSchema:schema20.properties.months,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.import !== undefined){
let data11 = data7.import;
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 100 || isNaN(data11)){
const err23 = {instancePath:instancePath+"/windows/" + i1+"/import",schemaPath:"#/definitions/TariffWindow/properties/import/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema20.properties.import,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data11 < -100 || isNaN(data11)){
const err24 = {instancePath:instancePath+"/windows/" + i1+"/import",schemaPath:"#/definitions/TariffWindow/properties/import/minimum",keyword:"minimum",params:{comparison: ">=", limit: -100},message:"must be >= -100",schema:-100,parentSchema:schema20.properties.import,data:data11};
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
const err25 = {instancePath:instancePath+"/windows/" + i1+"/import",schemaPath:"#/definitions/TariffWindow/properties/import/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema20.properties.import.type,parentSchema:schema20.properties.import,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data7.export !== undefined){
let data12 = data7.export;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 100 || isNaN(data12)){
const err26 = {instancePath:instancePath+"/windows/" + i1+"/export",schemaPath:"#/definitions/TariffWindow/properties/export/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema20.properties.export,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data12 < -100 || isNaN(data12)){
const err27 = {instancePath:instancePath+"/windows/" + i1+"/export",schemaPath:"#/definitions/TariffWindow/properties/export/minimum",keyword:"minimum",params:{comparison: ">=", limit: -100},message:"must be >= -100",schema:-100,parentSchema:schema20.properties.export,data:data12};
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
const err28 = {instancePath:instancePath+"/windows/" + i1+"/export",schemaPath:"#/definitions/TariffWindow/properties/export/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema20.properties.export.type,parentSchema:schema20.properties.export,data:data12};
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
const err29 = {instancePath:instancePath+"/windows/" + i1,schemaPath:"#/definitions/TariffWindow/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data:data7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.windows.type,parentSchema:schema19.properties.windows,data:data6};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}

const schema21 = {"title":"Meter","type":"object","additionalProperties":false,"required":["name","profile"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$","not":{"enum":["bridge","raw"]},"description":"Name in the topics, cii/<name>/reading: A-Z, a-z, 0-9, _ and -, 64 at most; not bridge, not raw.","examples":["house"]},"profile":{"type":"string","pattern":"^(common/)?[a-z0-9-]+$","description":"Profile that describes the meter, or a fragment that says enough.","examples":["ekz-e450","common/sml"]},"title":{"type":"string","minLength":1,"maxLength":80,"description":"The title on the page. Its name by default.","examples":["Main house"]},"fuse":{"type":"number","minimum":1,"maximum":5000,"description":"Amperes that the connection carries on each phase: the page shows the currents against it.","examples":[25,63]},"id":{"type":"string","minLength":1,"maxLength":64,"description":"The meter's id, for meters that send none.","examples":["12345"]},"enabled":{"type":"boolean","description":"False: the meter is not read. True by default.","default":true},"raw":{"type":"boolean","description":"True: the bytes of each telegram go to cii/raw/<shard>/<meter> as well. False by default.","default":false},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams of this meter or adapter, where that differs from the profile: three times this without one, and the meter is offline. A slower one is learned from what arrives.","examples":[60]},"transport":{"$ref":"#/definitions/MeterTransport"},"decoder":{"type":"object","description":"Laid over the profile's decoder, for what differs from meter to meter (scalers behind current transformers).","examples":[{"registers":{"A":{"scaler":0}}}]},"expect":{"type":"object","description":"Laid over the profile's `expect`: what this connection can carry.","examples":[{"power_import":{"max":17250}}]},"reset":{"type":"string","maxLength":200,"description":"States that the meter starts over (swapped, set back): when this text changes, replay counters and last values are forgotten.","examples":["2026-11-23: new meter"]},"keys":{"type":"object","additionalProperties":false,"description":"Keys of a ciphered meter: 32 or 64 hex digits each.","properties":{"encryption":{"$ref":"#/definitions/Secret"},"authentication":{"$ref":"#/definitions/Secret"}}}}};
const schema22 = {"title":"MeterTransport","type":"object","additionalProperties":true,"description":"Where the bytes or messages come from; the rest is laid over the profile's transport: line, topic, levels, …; a `kind` of its own replaces it.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]}},"examples":[{"path":"/dev/ttyUSB0"},{"path":"/dev/ttyUSB0","line":"9600 8N1"},{"host":"192.168.1.50","port":3333}]};
const pattern4 = new RegExp("^[A-Za-z0-9_-]{1,64}$", "u");
const pattern17 = new RegExp("^(common/)?[a-z0-9-]+$", "u");

function validate18(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.profile === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "profile"},message:"must have required property '"+"profile"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema21.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema21,data};
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
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema21.properties.name.not,parentSchema:schema21.properties.name,data:data0};
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
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9_-]{1,64}$"+"\"",schema:"^[A-Za-z0-9_-]{1,64}$",parentSchema:schema21.properties.name,data:data0};
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
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.name.type,parentSchema:schema21.properties.name,data:data0};
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
if(!pattern17.test(data1)){
const err7 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/pattern",keyword:"pattern",params:{pattern: "^(common/)?[a-z0-9-]+$"},message:"must match pattern \""+"^(common/)?[a-z0-9-]+$"+"\"",schema:"^(common/)?[a-z0-9-]+$",parentSchema:schema21.properties.profile,data:data1};
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
const err8 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.profile.type,parentSchema:schema21.properties.profile,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.title !== undefined){
let data2 = data.title;
if(typeof data2 === "string"){
if(func4(data2) > 80){
const err9 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/maxLength",keyword:"maxLength",params:{limit: 80},message:"must NOT have more than 80 characters",schema:80,parentSchema:schema21.properties.title,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func4(data2) < 1){
const err10 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.title,data:data2};
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
const err11 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.title.type,parentSchema:schema21.properties.title,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.fuse !== undefined){
let data3 = data.fuse;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 5000 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/fuse",schemaPath:"#/properties/fuse/maximum",keyword:"maximum",params:{comparison: "<=", limit: 5000},message:"must be <= 5000",schema:5000,parentSchema:schema21.properties.fuse,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err13 = {instancePath:instancePath+"/fuse",schemaPath:"#/properties/fuse/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema21.properties.fuse,data:data3};
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
const err14 = {instancePath:instancePath+"/fuse",schemaPath:"#/properties/fuse/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema21.properties.fuse.type,parentSchema:schema21.properties.fuse,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.id !== undefined){
let data4 = data.id;
if(typeof data4 === "string"){
if(func4(data4) > 64){
const err15 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema21.properties.id,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(func4(data4) < 1){
const err16 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.id,data:data4};
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
const err17 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.id.type,parentSchema:schema21.properties.id,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.enabled !== undefined){
let data5 = data.enabled;
if(typeof data5 !== "boolean"){
const err18 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.properties.enabled.type,parentSchema:schema21.properties.enabled,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.raw !== undefined){
let data6 = data.raw;
if(typeof data6 !== "boolean"){
const err19 = {instancePath:instancePath+"/raw",schemaPath:"#/properties/raw/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.properties.raw.type,parentSchema:schema21.properties.raw,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.interval !== undefined){
let data7 = data.interval;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 86400 || isNaN(data7)){
const err20 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema21.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data7 <= 0 || isNaN(data7)){
const err21 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema21.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema21.properties.interval.type,parentSchema:schema21.properties.interval,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.transport !== undefined){
let data8 = data.transport;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.path !== undefined){
let data9 = data8.path;
if((typeof data9 !== "string") && (data9 !== null)){
const err23 = {instancePath:instancePath+"/transport/path",schemaPath:"#/definitions/MeterTransport/properties/path/type",keyword:"type",params:{type: schema22.properties.path.type},message:"must be string,null",schema:schema22.properties.path.type,parentSchema:schema22.properties.path,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data8.host !== undefined){
let data10 = data8.host;
if((typeof data10 !== "string") && (data10 !== null)){
const err24 = {instancePath:instancePath+"/transport/host",schemaPath:"#/definitions/MeterTransport/properties/host/type",keyword:"type",params:{type: schema22.properties.host.type},message:"must be string,null",schema:schema22.properties.host.type,parentSchema:schema22.properties.host,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data8.port !== undefined){
let data11 = data8.port;
if((!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))) && (data11 !== null)){
const err25 = {instancePath:instancePath+"/transport/port",schemaPath:"#/definitions/MeterTransport/properties/port/type",keyword:"type",params:{type: schema22.properties.port.type},message:"must be integer,null",schema:schema22.properties.port.type,parentSchema:schema22.properties.port,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 65535 || isNaN(data11)){
const err26 = {instancePath:instancePath+"/transport/port",schemaPath:"#/definitions/MeterTransport/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema22.properties.port,data:data11};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data11 < 1 || isNaN(data11)){
const err27 = {instancePath:instancePath+"/transport/port",schemaPath:"#/definitions/MeterTransport/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema22.properties.port,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
if(data8.url !== undefined){
let data12 = data8.url;
if((typeof data12 !== "string") && (data12 !== null)){
const err28 = {instancePath:instancePath+"/transport/url",schemaPath:"#/definitions/MeterTransport/properties/url/type",keyword:"type",params:{type: schema22.properties.url.type},message:"must be string,null",schema:schema22.properties.url.type,parentSchema:schema22.properties.url,data:data12};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(typeof data12 === "string"){
if(!pattern2.test(data12)){
const err29 = {instancePath:instancePath+"/transport/url",schemaPath:"#/definitions/MeterTransport/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema22.properties.url,data:data12};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
}
else {
const err30 = {instancePath:instancePath+"/transport",schemaPath:"#/definitions/MeterTransport/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema22.type,parentSchema:schema22,data:data8};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.decoder !== undefined){
let data13 = data.decoder;
if(!(data13 && typeof data13 == "object" && !Array.isArray(data13))){
const err31 = {instancePath:instancePath+"/decoder",schemaPath:"#/properties/decoder/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.properties.decoder.type,parentSchema:schema21.properties.decoder,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.expect !== undefined){
let data14 = data.expect;
if(!(data14 && typeof data14 == "object" && !Array.isArray(data14))){
const err32 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.properties.expect.type,parentSchema:schema21.properties.expect,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.reset !== undefined){
let data15 = data.reset;
if(typeof data15 === "string"){
if(func4(data15) > 200){
const err33 = {instancePath:instancePath+"/reset",schemaPath:"#/properties/reset/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema21.properties.reset,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/reset",schemaPath:"#/properties/reset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.reset.type,parentSchema:schema21.properties.reset,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.keys !== undefined){
let data16 = data.keys;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key1 in data16){
if(!((key1 === "encryption") || (key1 === "authentication"))){
const err35 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema21.properties.keys,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data16.encryption !== undefined){
let data17 = data16.encryption;
const _errs43 = errors;
let valid6 = false;
let passing0 = null;
const _errs44 = errors;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.$env === undefined){
const err36 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/0/required",keyword:"required",params:{missingProperty: "$env"},message:"must have required property '"+"$env"+"'",schema:schema14.oneOf[0].required,parentSchema:schema14.oneOf[0],data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
for(const key2 in data17){
if(!(key2 === "$env")){
const err37 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[0],data:data17};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data17.$env !== undefined){
let data18 = data17.$env;
if(typeof data18 !== "string"){
const err38 = {instancePath:instancePath+"/keys/encryption/$env",schemaPath:"#/definitions/Secret/oneOf/0/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[0].properties.$env.type,parentSchema:schema14.oneOf[0].properties.$env,data:data18};
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
const err39 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[0].type,parentSchema:schema14.oneOf[0],data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
var _valid0 = _errs44 === errors;
if(_valid0){
valid6 = true;
passing0 = 0;
}
const _errs49 = errors;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.$file === undefined){
const err40 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/1/required",keyword:"required",params:{missingProperty: "$file"},message:"must have required property '"+"$file"+"'",schema:schema14.oneOf[1].required,parentSchema:schema14.oneOf[1],data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key3 in data17){
if(!(key3 === "$file")){
const err41 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[1],data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data17.$file !== undefined){
let data19 = data17.$file;
if(typeof data19 !== "string"){
const err42 = {instancePath:instancePath+"/keys/encryption/$file",schemaPath:"#/definitions/Secret/oneOf/1/properties/%24file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[1].properties.$file.type,parentSchema:schema14.oneOf[1].properties.$file,data:data19};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[1].type,parentSchema:schema14.oneOf[1],data:data17};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var _valid0 = _errs49 === errors;
if(_valid0 && valid6){
valid6 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid6 = true;
passing0 = 1;
}
}
if(!valid6){
const err44 = {instancePath:instancePath+"/keys/encryption",schemaPath:"#/definitions/Secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema14.oneOf,parentSchema:schema14,data:data17};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
else {
errors = _errs43;
if(vErrors !== null){
if(_errs43){
vErrors.length = _errs43;
}
else {
vErrors = null;
}
}
}
}
if(data16.authentication !== undefined){
let data20 = data16.authentication;
const _errs56 = errors;
let valid10 = false;
let passing1 = null;
const _errs57 = errors;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.$env === undefined){
const err45 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/0/required",keyword:"required",params:{missingProperty: "$env"},message:"must have required property '"+"$env"+"'",schema:schema14.oneOf[0].required,parentSchema:schema14.oneOf[0],data:data20};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
for(const key4 in data20){
if(!(key4 === "$env")){
const err46 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[0],data:data20};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data20.$env !== undefined){
let data21 = data20.$env;
if(typeof data21 !== "string"){
const err47 = {instancePath:instancePath+"/keys/authentication/$env",schemaPath:"#/definitions/Secret/oneOf/0/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[0].properties.$env.type,parentSchema:schema14.oneOf[0].properties.$env,data:data21};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[0].type,parentSchema:schema14.oneOf[0],data:data20};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid1 = _errs57 === errors;
if(_valid1){
valid10 = true;
passing1 = 0;
}
const _errs62 = errors;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.$file === undefined){
const err49 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/1/required",keyword:"required",params:{missingProperty: "$file"},message:"must have required property '"+"$file"+"'",schema:schema14.oneOf[1].required,parentSchema:schema14.oneOf[1],data:data20};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key5 in data20){
if(!(key5 === "$file")){
const err50 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema14.oneOf[1],data:data20};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data20.$file !== undefined){
let data22 = data20.$file;
if(typeof data22 !== "string"){
const err51 = {instancePath:instancePath+"/keys/authentication/$file",schemaPath:"#/definitions/Secret/oneOf/1/properties/%24file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.oneOf[1].properties.$file.type,parentSchema:schema14.oneOf[1].properties.$file,data:data22};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema14.oneOf[1].type,parentSchema:schema14.oneOf[1],data:data20};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var _valid1 = _errs62 === errors;
if(_valid1 && valid10){
valid10 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid10 = true;
passing1 = 1;
}
}
if(!valid10){
const err53 = {instancePath:instancePath+"/keys/authentication",schemaPath:"#/definitions/Secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema14.oneOf,parentSchema:schema14,data:data20};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
else {
errors = _errs56;
if(vErrors !== null){
if(_errs56){
vErrors.length = _errs56;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err54 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.properties.keys.type,parentSchema:schema21.properties.keys,data:data16};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
validate18.errors = vErrors;
return errors === 0;
}

const pattern3 = new RegExp("^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$", "u");
const pattern5 = new RegExp("^[0-9-]{1,9}(,[0-9-]{1,9})*$", "u");
const pattern6 = new RegExp("^[^\\u0000]+$", "u");
const pattern9 = new RegExp("^[a-z0-9.-]+$", "u");
const pattern10 = new RegExp("^(/[A-Za-z0-9._~-]+)+$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/config.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mqtt === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mqtt"},message:"must have required property '"+"mqtt"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.meters === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meters"},message:"must have required property '"+"meters"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema12.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
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
const err3 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.$schema.type,parentSchema:schema12.properties.$schema,data:data0};
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
if(!(validate12(data.mqtt, {instancePath:instancePath+"/mqtt",parentData:data,parentDataProperty:"mqtt",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data.root !== undefined){
let data2 = data.root;
if(typeof data2 === "string"){
if(func4(data2) > 128){
const err4 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema12.properties.root,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!pattern3.test(data2)){
const err5 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/pattern",keyword:"pattern",params:{pattern: "^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$"},message:"must match pattern \""+"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$"+"\"",schema:"^[^/+#\\s][^+#\\s]*[^/+#\\s]$|^[^/+#\\s]$",parentSchema:schema12.properties.root,data:data2};
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
const err6 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.root.type,parentSchema:schema12.properties.root,data:data2};
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
const err7 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9_-]{1,64}$"+"\"",schema:"^[A-Za-z0-9_-]{1,64}$",parentSchema:schema12.properties.instance,data:data3};
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
const err8 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.instance.type,parentSchema:schema12.properties.instance,data:data3};
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
const err9 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema12.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.role.enum,parentSchema:schema12.properties.role,data:data4};
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
const err10 = {instancePath:instancePath+"/shards",schemaPath:"#/properties/shards/pattern",keyword:"pattern",params:{pattern: "^[0-9-]{1,9}(,[0-9-]{1,9})*$"},message:"must match pattern \""+"^[0-9-]{1,9}(,[0-9-]{1,9})*$"+"\"",schema:"^[0-9-]{1,9}(,[0-9-]{1,9})*$",parentSchema:schema12.properties.shards,data:data5};
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
const err11 = {instancePath:instancePath+"/shards",schemaPath:"#/properties/shards/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.shards.type,parentSchema:schema12.properties.shards,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.workers !== undefined){
let data6 = data.workers;
if(!(((((((((((((((((data6 === "auto") || (data6 === 1)) || (data6 === 2)) || (data6 === 3)) || (data6 === 4)) || (data6 === 5)) || (data6 === 6)) || (data6 === 7)) || (data6 === 8)) || (data6 === 9)) || (data6 === 10)) || (data6 === 11)) || (data6 === 12)) || (data6 === 13)) || (data6 === 14)) || (data6 === 15)) || (data6 === 16))){
const err12 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/enum",keyword:"enum",params:{allowedValues: schema12.properties.workers.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.workers.enum,parentSchema:schema12.properties.workers,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.meterFolders !== undefined){
let data7 = data.meterFolders;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(!pattern6.test(data8)){
const err13 = {instancePath:instancePath+"/meterFolders/" + i0,schemaPath:"#/properties/meterFolders/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\"",schema:"^[^\\u0000]+$",parentSchema:schema12.properties.meterFolders.items,data:data8};
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
const err14 = {instancePath:instancePath+"/meterFolders/" + i0,schemaPath:"#/properties/meterFolders/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.meterFolders.items.type,parentSchema:schema12.properties.meterFolders.items,data:data8};
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
else {
const err15 = {instancePath:instancePath+"/meterFolders",schemaPath:"#/properties/meterFolders/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.meterFolders.type,parentSchema:schema12.properties.meterFolders,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.profiles !== undefined){
let data9 = data.profiles;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
const err16 = {instancePath:instancePath+"/profiles/" + i1,schemaPath:"#/properties/profiles/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\"",schema:"^[^\\u0000]+$",parentSchema:schema12.properties.profiles.items,data:data10};
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
const err17 = {instancePath:instancePath+"/profiles/" + i1,schemaPath:"#/properties/profiles/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.profiles.items.type,parentSchema:schema12.properties.profiles.items,data:data10};
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
const err18 = {instancePath:instancePath+"/profiles",schemaPath:"#/properties/profiles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.profiles.type,parentSchema:schema12.properties.profiles,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.stateDir !== undefined){
let data11 = data.stateDir;
if(typeof data11 !== "string"){
const err19 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.stateDir.type,parentSchema:schema12.properties.stateDir,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.outputs !== undefined){
let data12 = data.outputs;
if(Array.isArray(data12)){
const len2 = data12.length;
for(let i2=0; i2<len2; i2++){
if(!(validate14(data12[i2], {instancePath:instancePath+"/outputs/" + i2,parentData:data12,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.outputs.type,parentSchema:schema12.properties.outputs,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.http !== undefined){
let data14 = data.http;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key1 in data14){
if(!((((((key1 === "port") || (key1 === "host")) || (key1 === "names")) || (key1 === "broker")) || (key1 === "path")) || (key1 === "proxy"))){
const err21 = {instancePath:instancePath+"/http",schemaPath:"#/definitions/Http/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema17,data:data14};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data14.port !== undefined){
let data15 = data14.port;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err22 = {instancePath:instancePath+"/http/port",schemaPath:"#/definitions/Http/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema17.properties.port.type,parentSchema:schema17.properties.port,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 65535 || isNaN(data15)){
const err23 = {instancePath:instancePath+"/http/port",schemaPath:"#/definitions/Http/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema17.properties.port,data:data15};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err24 = {instancePath:instancePath+"/http/port",schemaPath:"#/definitions/Http/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema17.properties.port,data:data15};
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
if(data14.host !== undefined){
let data16 = data14.host;
if(typeof data16 !== "string"){
const err25 = {instancePath:instancePath+"/http/host",schemaPath:"#/definitions/Http/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.host.type,parentSchema:schema17.properties.host,data:data16};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data14.names !== undefined){
let data17 = data14.names;
if(Array.isArray(data17)){
const len3 = data17.length;
for(let i3=0; i3<len3; i3++){
let data18 = data17[i3];
if(typeof data18 === "string"){
if(!pattern9.test(data18)){
const err26 = {instancePath:instancePath+"/http/names/" + i3,schemaPath:"#/definitions/Http/properties/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9.-]+$"},message:"must match pattern \""+"^[a-z0-9.-]+$"+"\"",schema:"^[a-z0-9.-]+$",parentSchema:schema17.properties.names.items,data:data18};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/http/names/" + i3,schemaPath:"#/definitions/Http/properties/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.names.items.type,parentSchema:schema17.properties.names.items,data:data18};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/http/names",schemaPath:"#/definitions/Http/properties/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema17.properties.names.type,parentSchema:schema17.properties.names,data:data17};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data14.broker !== undefined){
let data19 = data14.broker;
if(typeof data19 !== "string"){
const err29 = {instancePath:instancePath+"/http/broker",schemaPath:"#/definitions/Http/properties/broker/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.broker.type,parentSchema:schema17.properties.broker,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data14.path !== undefined){
let data20 = data14.path;
if(typeof data20 === "string"){
if(!pattern10.test(data20)){
const err30 = {instancePath:instancePath+"/http/path",schemaPath:"#/definitions/Http/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/[A-Za-z0-9._~-]+)+$"},message:"must match pattern \""+"^(/[A-Za-z0-9._~-]+)+$"+"\"",schema:"^(/[A-Za-z0-9._~-]+)+$",parentSchema:schema17.properties.path,data:data20};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/http/path",schemaPath:"#/definitions/Http/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.path.type,parentSchema:schema17.properties.path,data:data20};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data14.proxy !== undefined){
let data21 = data14.proxy;
if(Array.isArray(data21)){
const len4 = data21.length;
for(let i4=0; i4<len4; i4++){
let data22 = data21[i4];
if(typeof data22 !== "string"){
const err32 = {instancePath:instancePath+"/http/proxy/" + i4,schemaPath:"#/definitions/Http/properties/proxy/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.proxy.items.type,parentSchema:schema17.properties.proxy.items,data:data22};
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
const err33 = {instancePath:instancePath+"/http/proxy",schemaPath:"#/definitions/Http/properties/proxy/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema17.properties.proxy.type,parentSchema:schema17.properties.proxy,data:data21};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/http",schemaPath:"#/definitions/Http/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema17.type,parentSchema:schema17,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.history !== undefined){
let data23 = data.history;
const _errs47 = errors;
let valid13 = false;
let passing0 = null;
const _errs48 = errors;
if(typeof data23 !== "boolean"){
const err35 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/oneOf/0/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.history.oneOf[0].type,parentSchema:schema12.properties.history.oneOf[0],data:data23};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
var _valid0 = _errs48 === errors;
if(_valid0){
valid13 = true;
passing0 = 0;
}
const _errs50 = errors;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key2 in data23){
if(!((key2 === "days") || (key2 === "minuteDays"))){
const err36 = {instancePath:instancePath+"/history",schemaPath:"#/definitions/HistorySettings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema18,data:data23};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data23.days !== undefined){
let data24 = data23.days;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err37 = {instancePath:instancePath+"/history/days",schemaPath:"#/definitions/HistorySettings/properties/days/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.days.type,parentSchema:schema18.properties.days,data:data24};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 36500 || isNaN(data24)){
const err38 = {instancePath:instancePath+"/history/days",schemaPath:"#/definitions/HistorySettings/properties/days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 36500},message:"must be <= 36500",schema:36500,parentSchema:schema18.properties.days,data:data24};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data24 < 1 || isNaN(data24)){
const err39 = {instancePath:instancePath+"/history/days",schemaPath:"#/definitions/HistorySettings/properties/days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.days,data:data24};
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
if(data23.minuteDays !== undefined){
let data25 = data23.minuteDays;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err40 = {instancePath:instancePath+"/history/minuteDays",schemaPath:"#/definitions/HistorySettings/properties/minuteDays/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.minuteDays.type,parentSchema:schema18.properties.minuteDays,data:data25};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 366 || isNaN(data25)){
const err41 = {instancePath:instancePath+"/history/minuteDays",schemaPath:"#/definitions/HistorySettings/properties/minuteDays/maximum",keyword:"maximum",params:{comparison: "<=", limit: 366},message:"must be <= 366",schema:366,parentSchema:schema18.properties.minuteDays,data:data25};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data25 < 0 || isNaN(data25)){
const err42 = {instancePath:instancePath+"/history/minuteDays",schemaPath:"#/definitions/HistorySettings/properties/minuteDays/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema18.properties.minuteDays,data:data25};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
}
else {
const err43 = {instancePath:instancePath+"/history",schemaPath:"#/definitions/HistorySettings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.type,parentSchema:schema18,data:data23};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var _valid0 = _errs50 === errors;
if(_valid0 && valid13){
valid13 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid13 = true;
passing0 = 1;
}
}
if(!valid13){
const err44 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema12.properties.history.oneOf,parentSchema:schema12.properties.history,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
else {
errors = _errs47;
if(vErrors !== null){
if(_errs47){
vErrors.length = _errs47;
}
else {
vErrors = null;
}
}
}
}
if(data.tariffs !== undefined){
let data26 = data.tariffs;
if(Array.isArray(data26)){
const len5 = data26.length;
for(let i5=0; i5<len5; i5++){
if(!(validate16(data26[i5], {instancePath:instancePath+"/tariffs/" + i5,parentData:data26,parentDataProperty:i5,rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/tariffs",schemaPath:"#/properties/tariffs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.tariffs.type,parentSchema:schema12.properties.tariffs,data:data26};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.meters !== undefined){
let data28 = data.meters;
if(Array.isArray(data28)){
const len6 = data28.length;
for(let i6=0; i6<len6; i6++){
if(!(validate18(data28[i6], {instancePath:instancePath+"/meters/" + i6,parentData:data28,parentDataProperty:i6,rootData}))){
vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors);
errors = vErrors.length;
}
}
}
else {
const err46 = {instancePath:instancePath+"/meters",schemaPath:"#/properties/meters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.meters.type,parentSchema:schema12.properties.meters,data:data28};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}


const schema25 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/output.schema.json","title":"Output","description":"How readings are published by another convention: expressions that give messages. Or how a meter answers as a device that others know: expressions that give replies.","type":"object","additionalProperties":false,"required":["output","version","title","samples"],"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"output":{"type":"string","pattern":"^[a-z0-9-]+$","description":"The output's name: the file's name without .json.","examples":["rl-dsp"]},"version":{"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the output (semver).","examples":["1.0.0"]},"title":{"type":"string","minLength":1,"description":"One line for people.","examples":["RL-DSP, as smartmeter-datacollector sends it"]},"description":{"type":"string","description":"Remarks of the author for the next one."},"admits":{"type":"array","items":{"enum":["fields","interval","onChange","digits","units"]},"description":"Options that the config may set besides `meters` and `options`. All by default. An output that only points at the topics of the meter admits neither `units` nor `digits`.","default":["fields","interval","onChange","digits","units"]},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Names that the config may set under `options`, and their defaults.","examples":[{"group":"building"}]},"reading":{"$ref":"#/definitions/Expression","description":"Gives the messages of each reading."},"announce":{"$ref":"#/definitions/Expression","description":"Gives the messages that describe a meter: when its first reading came, when it has new fields, another profile or none."},"meter":{"$ref":"#/definitions/Expression","description":"Gives the messages that describe a meter of the config, also before its first reading: at the start, and with each announcement. It sees no reading; `meter.id` only once that is known."},"bridge":{"$ref":"#/definitions/Expression","description":"Gives the messages that describe this process: once at its start."},"birth":{"type":"object","additionalProperties":false,"required":["topic","payload"],"description":"A message after which everything is announced again. `topic` is an expression that sees `options`.","properties":{"topic":{"type":"string"},"payload":{"type":"string"}},"examples":[{"topic":"options.prefix & '/status'","payload":"online"}]},"answer":{"$ref":"#/definitions/Answer"},"http":{"$ref":"#/definitions/HttpAnswers"},"udp":{"$ref":"#/definitions/UdpAnswers"},"modbus":{"$ref":"#/definitions/ModbusAnswers"},"mdns":{"type":"array","items":{"$ref":"#/definitions/MdnsService"},"description":"Services that are announced by mDNS (DNS-SD), so that others find the device. Not announced where the config has the output on 127.0.0.1."},"samples":{"type":"array","items":{"$ref":"#/definitions/Sample"},"description":"Messages that it must give for a reading, and replies that it must give to a request. An edit that gives others is refused."}},"definitions":{"Option":{"description":"A text, number or boolean, or names with texts.","anyOf":[{"type":["string","number","boolean"]},{"type":"object","additionalProperties":{"type":"string"}}]},"Expression":{"description":"JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},"Sample":{"type":"object","additionalProperties":false,"required":["on"],"properties":{"on":{"enum":["reading","announce","meter","bridge","http","udp","websocket","notify","modbus"],"description":"Which expression, or by which way it is asked; `notify`: the message of WebSockets."},"reading":{"type":"object","description":"A reading; what is missing in its head is filled in."},"age":{"type":"number","minimum":0,"description":"Seconds since the reading, for replies. 0 by default; the interval is 10 s."},"meter":{"type":"object","description":"The section `meter` of the meter's profile."},"id":{"type":"string","description":"With `meter`: the meter's id, where that is known."},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Laid over the defaults."},"messages":{"type":"array","items":{"$ref":"#/definitions/Message"},"description":"The messages that must come out, for `reading`, `announce` and `bridge`; `payload` as the object that it is."},"request":{"type":"object","additionalProperties":false,"description":"The request, for the other ways.","properties":{"method":{"type":"string","default":"GET","description":"Of HTTP. GET by default."},"path":{"type":"string","description":"Of HTTP, with its query.","examples":["/rpc/EM.GetStatus?id=0"]},"body":{"description":"Sent as JSON; a text as it is."},"function":{"type":"integer","description":"Of Modbus. The first of the output's functions by default."},"at":{"type":"integer","minimum":0,"description":"Of Modbus: the first register."},"count":{"type":"integer","minimum":1,"description":"Of Modbus: how many. 2 by default."}}},"reply":{"type":"object","additionalProperties":false,"description":"The reply that must come; {} for none.","properties":{"status":{"type":"integer","description":"Of HTTP. 200 by default."},"body":{"description":"As the object that it is, or a text."},"hex":{"type":"string","pattern":"^([0-9a-f]{4}( [0-9a-f]{4})*)?$","description":"Of Modbus: the words."},"exception":{"type":"integer","description":"Of Modbus: the exception, in place of words."}}}}},"Message":{"type":"object","additionalProperties":false,"required":["topic","payload"],"properties":{"topic":{"type":"string","minLength":1,"maxLength":512,"description":"Where to: no + or #. $level(text) makes a level of any text."},"payload":{"description":"An object is sent as JSON, a number or boolean as text. Empty text clears a retained message."},"retain":{"type":"boolean","default":false,"description":"Whether the broker keeps it."},"qos":{"enum":[0,1],"default":1,"description":"1: at least once. 0 is sent as 1 as well: it waits while the broker is away."}}},"Reply":{"description":"JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { \"status\": 404, \"type\": \"text/plain\", \"body\": …, \"refused\": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},"Answer":{"title":"Answer","type":"object","additionalProperties":false,"description":"What all replies share.","properties":{"maxAge":{"type":"string","pattern":"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$","default":"2 intervals","description":"Age beyond which a field is absent from `state`, counted from the arrival of its telegram: in intervals of the meter as they are, or in seconds. 2 intervals by default; the config can say another.","examples":["2 intervals","10 seconds"]},"slow":{"type":"object","additionalProperties":{"type":"string","pattern":"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"},"propertyNames":{"pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that meters send less often, with * at the end for all that begin so: how much older than the last telegram they may be. That one must not be older than `maxAge`: a silent meter has none of them.","examples":[{"energy_*":"4000 seconds"}]},"needs":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$"},"description":"Fields without which `values` are absent: `a|b` needs one of the two. With all of them, a reply has no value made of half a meter.","examples":[["power_net|power_import"]]},"values":{"type":"object","additionalProperties":{"$ref":"#/definitions/Expression"},"description":"Expressions that are evaluated once a reading, over `state`, `known`, `meter`, `profile`, `options` and `bridge`: replies see what they give as `values.‹name›`. All are absent while a field of `needs` is."},"decimals":{"type":"object","additionalProperties":{"type":"integer","minimum":0,"maximum":6},"propertyNames":{"pattern":"^\\*?[A-Za-z0-9_:.-]+\\*?$"},"description":"Decimal places of the numbers in JSON, by their keys, with * at the beginning or end for all that end or begin so; the first that fits holds. A number is rounded to them and written with all of them (`0.0`), since some clients read no other form. Others are written as they are.","examples":[{"*_act_power":1,"*_current":3}]}}},"HttpAnswers":{"title":"HttpAnswers","type":"object","additionalProperties":false,"required":["port","routes"],"description":"An HTTP server of its own, without a password. It answers GET and HEAD, and the methods that a route names; nothing can be written.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `port` takes its place.","examples":[80]},"routes":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/Route"},"description":"The first route whose path and method fit answers."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where a route has no value: the error of the device. HTTP 503 without a body by default. A status below 400 is sent as 503."},"otherwise":{"$ref":"#/definitions/Reply","description":"The reply to a path that no route has. HTTP 404 without a body by default."},"websocket":{"$ref":"#/definitions/WebSocketAnswers"}}},"Route":{"title":"Route","type":"object","additionalProperties":false,"required":["path","reply"],"properties":{"path":{"type":"string","pattern":"^/[^?#\\s]*$","description":"The path; one that ends with * fits all that begin so, and `request.rest` has what follows.","examples":["/rpc/EM.GetStatus","/rpc/*"]},"methods":{"type":"array","minItems":1,"items":{"enum":["GET","POST","PUT","DELETE"]},"default":["GET"],"description":"The methods that it answers. GET by default."},"reply":{"$ref":"#/definitions/Reply"}}},"WebSocketAnswers":{"title":"WebSocketAnswers","type":"object","additionalProperties":false,"required":["path"],"description":"WebSockets on the port of HTTP.","properties":{"path":{"type":"string","pattern":"^/[^?#\\s]*$","description":"Where they are opened.","examples":["/rpc"]},"reply":{"$ref":"#/definitions/Reply","description":"The reply to a message, which is JSON (`request.body`). Without this key messages are ignored."},"notify":{"$ref":"#/definitions/Reply","description":"A message to each client, with each reading. Nothing sends none."},"subscribed":{"type":"boolean","default":false,"description":"True: `notify` goes only to clients that have sent a message, and `request` is the last one."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where `reply` gives nothing. None by default."}}},"UdpAnswers":{"title":"UdpAnswers","type":"object","additionalProperties":false,"required":["port","reply"],"description":"Replies to datagrams. One that is not JSON is counted, and has no reply.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `udpPort` takes its place.","examples":[1010]},"reply":{"$ref":"#/definitions/Reply","description":"The reply to a datagram (`request.body`)."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where `reply` gives nothing. None by default."}}},"MdnsService":{"title":"MdnsService","type":"object","additionalProperties":false,"required":["type","name"],"properties":{"type":{"type":"string","pattern":"^[a-z0-9-]{1,15}$","description":"The type of service: `http` is `_http._tcp`.","examples":["http"]},"name":{"$ref":"#/definitions/Expression","description":"JSONata: the name of the instance, over `meter`, `profile`, `options` and `bridge`."},"txt":{"$ref":"#/definitions/Expression","description":"JSONata: an object of texts."}}},"ModbusAnswers":{"title":"ModbusAnswers","type":"object","additionalProperties":false,"required":["port","functions","available","registers"],"description":"Registers that are read by Modbus TCP, or RTU over TCP where the config says so. Nothing can be written. A register that nothing is known of reads as its type says so (NaN, or the highest or lowest number, as SunSpec has it); one between others that is not listed reads 0; beyond the first and the last: exception 2.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `port` takes its place where the output has no `http`.","examples":[502]},"unit":{"type":"integer","minimum":1,"maximum":247,"default":1,"description":"The unit that answers; 0 and 255 are answered too. 1 by default."},"functions":{"type":"array","minItems":1,"items":{"enum":[3,4]},"description":"The functions that read the registers: 3 (holding registers), 4 (input registers). Others: exception 1."},"available":{"$ref":"#/definitions/Reply","description":"Where this gives nothing, the meter is silent: exception 11 (0x0B)."},"registers":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/Register"},"description":"The registers."}}},"Register":{"title":"Register","type":"object","additionalProperties":false,"required":["at","type","value"],"properties":{"at":{"type":"integer","minimum":0,"maximum":65535,"description":"Address of the first word, from 0."},"type":{"enum":["float32","int16","uint16","int32","uint32","acc32","text"],"description":"How the value is written, the high word first. One that is absent reads as its type says: no number, the lowest signed, the highest unsigned, 0 for SunSpec's counters (`acc32`). So do words between two registers."},"words":{"type":"integer","minimum":1,"maximum":32,"default":8,"description":"Words of a text. 8 by default."},"value":{"$ref":"#/definitions/Expression","description":"JSONata over `state`, `values` and the others of replies. An integer is rounded."},"label":{"type":"string","description":"What it is, for people."}}}}};
const schema26 = {"description":"A text, number or boolean, or names with texts.","anyOf":[{"type":["string","number","boolean"]},{"type":"object","additionalProperties":{"type":"string"}}]};
const schema27 = {"description":"JSONata, in one text or a list of lines; gives a message { topic, payload, retain, qos } or a list of them.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]};
const pattern19 = new RegExp("^[a-z0-9-]+$", "u");
const pattern20 = new RegExp("^\\d+\\.\\d+\\.\\d+$", "u");
const schema31 = {"title":"Answer","type":"object","additionalProperties":false,"description":"What all replies share.","properties":{"maxAge":{"type":"string","pattern":"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$","default":"2 intervals","description":"Age beyond which a field is absent from `state`, counted from the arrival of its telegram: in intervals of the meter as they are, or in seconds. 2 intervals by default; the config can say another.","examples":["2 intervals","10 seconds"]},"slow":{"type":"object","additionalProperties":{"type":"string","pattern":"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"},"propertyNames":{"pattern":"^[a-z0-9_.]+\\*?$"},"description":"Fields that meters send less often, with * at the end for all that begin so: how much older than the last telegram they may be. That one must not be older than `maxAge`: a silent meter has none of them.","examples":[{"energy_*":"4000 seconds"}]},"needs":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$"},"description":"Fields without which `values` are absent: `a|b` needs one of the two. With all of them, a reply has no value made of half a meter.","examples":[["power_net|power_import"]]},"values":{"type":"object","additionalProperties":{"$ref":"#/definitions/Expression"},"description":"Expressions that are evaluated once a reading, over `state`, `known`, `meter`, `profile`, `options` and `bridge`: replies see what they give as `values.‹name›`. All are absent while a field of `needs` is."},"decimals":{"type":"object","additionalProperties":{"type":"integer","minimum":0,"maximum":6},"propertyNames":{"pattern":"^\\*?[A-Za-z0-9_:.-]+\\*?$"},"description":"Decimal places of the numbers in JSON, by their keys, with * at the beginning or end for all that end or begin so; the first that fits holds. A number is rounded to them and written with all of them (`0.0`), since some clients read no other form. Others are written as they are.","examples":[{"*_act_power":1,"*_current":3}]}}};
const pattern21 = new RegExp("^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$", "u");
const pattern24 = new RegExp("^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$", "u");
const pattern25 = new RegExp("^\\*?[A-Za-z0-9_:.-]+\\*?$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "maxAge") || (key0 === "slow")) || (key0 === "needs")) || (key0 === "values")) || (key0 === "decimals"))){
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
if(data.maxAge !== undefined){
let data0 = data.maxAge;
if(typeof data0 === "string"){
if(!pattern21.test(data0)){
const err1 = {instancePath:instancePath+"/maxAge",schemaPath:"#/properties/maxAge/pattern",keyword:"pattern",params:{pattern: "^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"},message:"must match pattern \""+"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"+"\"",schema:"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$",parentSchema:schema31.properties.maxAge,data:data0};
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
const err2 = {instancePath:instancePath+"/maxAge",schemaPath:"#/properties/maxAge/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.maxAge.type,parentSchema:schema31.properties.maxAge,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.slow !== undefined){
let data1 = data.slow;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern8.test(key1)){
const err3 = {instancePath:instancePath+"/slow",schemaPath:"#/properties/slow/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_.]+\\*?$"},message:"must match pattern \""+"^[a-z0-9_.]+\\*?$"+"\"",schema:"^[a-z0-9_.]+\\*?$",parentSchema:schema31.properties.slow.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
const err4 = {instancePath:instancePath+"/slow",schemaPath:"#/properties/slow/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema31.properties.slow.propertyNames,parentSchema:schema31.properties.slow,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
for(const key2 in data1){
let data2 = data1[key2];
if(typeof data2 === "string"){
if(!pattern21.test(data2)){
const err5 = {instancePath:instancePath+"/slow/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slow/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"},message:"must match pattern \""+"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$"+"\"",schema:"^\\d{1,5}(\\.\\d{1,3})? (intervals|seconds)$",parentSchema:schema31.properties.slow.additionalProperties,data:data2};
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
const err6 = {instancePath:instancePath+"/slow/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slow/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.slow.additionalProperties.type,parentSchema:schema31.properties.slow.additionalProperties,data:data2};
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
const err7 = {instancePath:instancePath+"/slow",schemaPath:"#/properties/slow/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.slow.type,parentSchema:schema31.properties.slow,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.needs !== undefined){
let data3 = data.needs;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(!pattern24.test(data4)){
const err8 = {instancePath:instancePath+"/needs/" + i0,schemaPath:"#/properties/needs/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$"},message:"must match pattern \""+"^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$"+"\"",schema:"^[a-z0-9_.]+(\\|[a-z0-9_.]+)*$",parentSchema:schema31.properties.needs.items,data:data4};
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
const err9 = {instancePath:instancePath+"/needs/" + i0,schemaPath:"#/properties/needs/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.needs.items.type,parentSchema:schema31.properties.needs.items,data:data4};
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
const err10 = {instancePath:instancePath+"/needs",schemaPath:"#/properties/needs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.needs.type,parentSchema:schema31.properties.needs,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.values !== undefined){
let data5 = data.values;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key3 in data5){
let data6 = data5[key3];
const _errs19 = errors;
let valid7 = false;
let passing0 = null;
const _errs20 = errors;
if(typeof data6 !== "string"){
const err11 = {instancePath:instancePath+"/values/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid0 = _errs20 === errors;
if(_valid0){
valid7 = true;
passing0 = 0;
}
const _errs22 = errors;
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(typeof data7 !== "string"){
const err12 = {instancePath:instancePath+"/values/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data7};
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
const err13 = {instancePath:instancePath+"/values/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs22 === errors;
if(_valid0 && valid7){
valid7 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid7 = true;
passing0 = 1;
}
}
if(!valid7){
const err14 = {instancePath:instancePath+"/values/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
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
}
else {
const err15 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.values.type,parentSchema:schema31.properties.values,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.decimals !== undefined){
let data8 = data.decimals;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key4 in data8){
const _errs28 = errors;
if(typeof key4 === "string"){
if(!pattern25.test(key4)){
const err16 = {instancePath:instancePath+"/decimals",schemaPath:"#/properties/decimals/propertyNames/pattern",keyword:"pattern",params:{pattern: "^\\*?[A-Za-z0-9_:.-]+\\*?$"},message:"must match pattern \""+"^\\*?[A-Za-z0-9_:.-]+\\*?$"+"\"",schema:"^\\*?[A-Za-z0-9_:.-]+\\*?$",parentSchema:schema31.properties.decimals.propertyNames,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var valid10 = _errs28 === errors;
if(!valid10){
const err17 = {instancePath:instancePath+"/decimals",schemaPath:"#/properties/decimals/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema31.properties.decimals.propertyNames,parentSchema:schema31.properties.decimals,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
for(const key5 in data8){
let data9 = data8[key5];
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err18 = {instancePath:instancePath+"/decimals/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/decimals/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.decimals.additionalProperties.type,parentSchema:schema31.properties.decimals.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 6 || isNaN(data9)){
const err19 = {instancePath:instancePath+"/decimals/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/decimals/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 6},message:"must be <= 6",schema:6,parentSchema:schema31.properties.decimals.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data9 < 0 || isNaN(data9)){
const err20 = {instancePath:instancePath+"/decimals/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/decimals/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.decimals.additionalProperties,data:data9};
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
}
else {
const err21 = {instancePath:instancePath+"/decimals",schemaPath:"#/properties/decimals/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.decimals.type,parentSchema:schema31.properties.decimals,data:data8};
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
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

const schema33 = {"title":"HttpAnswers","type":"object","additionalProperties":false,"required":["port","routes"],"description":"An HTTP server of its own, without a password. It answers GET and HEAD, and the methods that a route names; nothing can be written.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `port` takes its place.","examples":[80]},"routes":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/Route"},"description":"The first route whose path and method fit answers."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where a route has no value: the error of the device. HTTP 503 without a body by default. A status below 400 is sent as 503."},"otherwise":{"$ref":"#/definitions/Reply","description":"The reply to a path that no route has. HTTP 404 without a body by default."},"websocket":{"$ref":"#/definitions/WebSocketAnswers"}}};
const schema35 = {"description":"JSONata, in one text or a list of lines, over `state` (the fields that are fresh), `known` (every field that the meter has shown, however old: for what it has, never for a value), `values`, `request`, `meter`, `profile`, `options`, `bridge` and `now`. Gives the body (an object is sent as JSON), or { \"status\": 404, \"type\": \"text/plain\", \"body\": …, \"refused\": true }, where `refused` counts the request among those that were refused, as a status from 400 does. Nothing means that there is no value to answer with: the reply is that of `unavailable`.","oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]};
const schema34 = {"title":"Route","type":"object","additionalProperties":false,"required":["path","reply"],"properties":{"path":{"type":"string","pattern":"^/[^?#\\s]*$","description":"The path; one that ends with * fits all that begin so, and `request.rest` has what follows.","examples":["/rpc/EM.GetStatus","/rpc/*"]},"methods":{"type":"array","minItems":1,"items":{"enum":["GET","POST","PUT","DELETE"]},"default":["GET"],"description":"The methods that it answers. GET by default."},"reply":{"$ref":"#/definitions/Reply"}}};
const pattern26 = new RegExp("^/[^?#\\s]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.reply === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reply"},message:"must have required property '"+"reply"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "methods")) || (key0 === "reply"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(!pattern26.test(data0)){
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^/[^?#\\s]*$"},message:"must match pattern \""+"^/[^?#\\s]*$"+"\"",schema:"^/[^?#\\s]*$",parentSchema:schema34.properties.path,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.path.type,parentSchema:schema34.properties.path,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.methods !== undefined){
let data1 = data.methods;
if(Array.isArray(data1)){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/methods",schemaPath:"#/properties/methods/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.methods,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(!((((data2 === "GET") || (data2 === "POST")) || (data2 === "PUT")) || (data2 === "DELETE"))){
const err6 = {instancePath:instancePath+"/methods/" + i0,schemaPath:"#/properties/methods/items/enum",keyword:"enum",params:{allowedValues: schema34.properties.methods.items.enum},message:"must be equal to one of the allowed values",schema:schema34.properties.methods.items.enum,parentSchema:schema34.properties.methods.items,data:data2};
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
const err7 = {instancePath:instancePath+"/methods",schemaPath:"#/properties/methods/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.methods.type,parentSchema:schema34.properties.methods,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.reply !== undefined){
let data3 = data.reply;
const _errs9 = errors;
let valid4 = false;
let passing0 = null;
const _errs10 = errors;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs10 === errors;
if(_valid0){
valid4 = true;
passing0 = 0;
}
const _errs12 = errors;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err9 = {instancePath:instancePath+"/reply/" + i1,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data4};
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
const err10 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs12 === errors;
if(_valid0 && valid4){
valid4 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid4 = true;
passing0 = 1;
}
}
if(!valid4){
const err11 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema38 = {"title":"WebSocketAnswers","type":"object","additionalProperties":false,"required":["path"],"description":"WebSockets on the port of HTTP.","properties":{"path":{"type":"string","pattern":"^/[^?#\\s]*$","description":"Where they are opened.","examples":["/rpc"]},"reply":{"$ref":"#/definitions/Reply","description":"The reply to a message, which is JSON (`request.body`). Without this key messages are ignored."},"notify":{"$ref":"#/definitions/Reply","description":"A message to each client, with each reading. Nothing sends none."},"subscribed":{"type":"boolean","default":false,"description":"True: `notify` goes only to clients that have sent a message, and `request` is the last one."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where `reply` gives nothing. None by default."}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "path") || (key0 === "reply")) || (key0 === "notify")) || (key0 === "subscribed")) || (key0 === "unavailable"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(!pattern26.test(data0)){
const err2 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^/[^?#\\s]*$"},message:"must match pattern \""+"^/[^?#\\s]*$"+"\"",schema:"^/[^?#\\s]*$",parentSchema:schema38.properties.path,data:data0};
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
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.path.type,parentSchema:schema38.properties.path,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.reply !== undefined){
let data1 = data.reply;
const _errs6 = errors;
let valid2 = false;
let passing0 = null;
const _errs7 = errors;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs9 = errors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/reply/" + i0,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data2};
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
else {
const err6 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs9 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err7 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.notify !== undefined){
let data3 = data.notify;
const _errs15 = errors;
let valid6 = false;
let passing1 = null;
const _errs16 = errors;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/notify",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid1 = _errs16 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
}
const _errs18 = errors;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err9 = {instancePath:instancePath+"/notify/" + i1,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data4};
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
const err10 = {instancePath:instancePath+"/notify",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid1 = _errs18 === errors;
if(_valid1 && valid6){
valid6 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid6 = true;
passing1 = 1;
}
}
if(!valid6){
const err11 = {instancePath:instancePath+"/notify",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
}
if(data.subscribed !== undefined){
let data5 = data.subscribed;
if(typeof data5 !== "boolean"){
const err12 = {instancePath:instancePath+"/subscribed",schemaPath:"#/properties/subscribed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.subscribed.type,parentSchema:schema38.properties.subscribed,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.unavailable !== undefined){
let data6 = data.unavailable;
const _errs26 = errors;
let valid10 = false;
let passing2 = null;
const _errs27 = errors;
if(typeof data6 !== "string"){
const err13 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid2 = _errs27 === errors;
if(_valid2){
valid10 = true;
passing2 = 0;
}
const _errs29 = errors;
if(Array.isArray(data6)){
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
let data7 = data6[i2];
if(typeof data7 !== "string"){
const err14 = {instancePath:instancePath+"/unavailable/" + i2,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data7};
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
else {
const err15 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid2 = _errs29 === errors;
if(_valid2 && valid10){
valid10 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid10 = true;
passing2 = 1;
}
}
if(!valid10){
const err16 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.routes === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "routes"},message:"must have required property '"+"routes"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "port") || (key0 === "routes")) || (key0 === "unavailable")) || (key0 === "otherwise")) || (key0 === "websocket"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.port !== undefined){
let data0 = data.port;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err3 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.port.type,parentSchema:schema33.properties.port,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65535 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema33.properties.port,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.port,data:data0};
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
if(data.routes !== undefined){
let data1 = data.routes;
if(Array.isArray(data1)){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/routes",schemaPath:"#/properties/routes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema33.properties.routes,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate24(data1[i0], {instancePath:instancePath+"/routes/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/routes",schemaPath:"#/properties/routes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.routes.type,parentSchema:schema33.properties.routes,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.unavailable !== undefined){
let data3 = data.unavailable;
const _errs9 = errors;
let valid4 = false;
let passing0 = null;
const _errs10 = errors;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs10 === errors;
if(_valid0){
valid4 = true;
passing0 = 0;
}
const _errs12 = errors;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err9 = {instancePath:instancePath+"/unavailable/" + i1,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data4};
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
const err10 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs12 === errors;
if(_valid0 && valid4){
valid4 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid4 = true;
passing0 = 1;
}
}
if(!valid4){
const err11 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
if(data.otherwise !== undefined){
let data5 = data.otherwise;
const _errs18 = errors;
let valid8 = false;
let passing1 = null;
const _errs19 = errors;
if(typeof data5 !== "string"){
const err12 = {instancePath:instancePath+"/otherwise",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid1 = _errs19 === errors;
if(_valid1){
valid8 = true;
passing1 = 0;
}
const _errs21 = errors;
if(Array.isArray(data5)){
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
let data6 = data5[i2];
if(typeof data6 !== "string"){
const err13 = {instancePath:instancePath+"/otherwise/" + i2,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data6};
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
const err14 = {instancePath:instancePath+"/otherwise",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs21 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid8 = true;
passing1 = 1;
}
}
if(!valid8){
const err15 = {instancePath:instancePath+"/otherwise",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
else {
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
}
}
if(data.websocket !== undefined){
if(!(validate26(data.websocket, {instancePath:instancePath+"/websocket",parentData:data,parentDataProperty:"websocket",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

const schema42 = {"title":"UdpAnswers","type":"object","additionalProperties":false,"required":["port","reply"],"description":"Replies to datagrams. One that is not JSON is counted, and has no reply.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `udpPort` takes its place.","examples":[1010]},"reply":{"$ref":"#/definitions/Reply","description":"The reply to a datagram (`request.body`)."},"unavailable":{"$ref":"#/definitions/Reply","description":"The reply where `reply` gives nothing. None by default."}}};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.reply === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reply"},message:"must have required property '"+"reply"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "port") || (key0 === "reply")) || (key0 === "unavailable"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.port !== undefined){
let data0 = data.port;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err3 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.port.type,parentSchema:schema42.properties.port,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65535 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema42.properties.port,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.port,data:data0};
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
if(data.reply !== undefined){
let data1 = data.reply;
const _errs6 = errors;
let valid2 = false;
let passing0 = null;
const _errs7 = errors;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs9 = errors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/reply/" + i0,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data2};
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
const err8 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs9 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err9 = {instancePath:instancePath+"/reply",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.unavailable !== undefined){
let data3 = data.unavailable;
const _errs15 = errors;
let valid6 = false;
let passing1 = null;
const _errs16 = errors;
if(typeof data3 !== "string"){
const err10 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid1 = _errs16 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
}
const _errs18 = errors;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err11 = {instancePath:instancePath+"/unavailable/" + i1,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data4};
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
const err12 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid1 = _errs18 === errors;
if(_valid1 && valid6){
valid6 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid6 = true;
passing1 = 1;
}
}
if(!valid6){
const err13 = {instancePath:instancePath+"/unavailable",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema45 = {"title":"ModbusAnswers","type":"object","additionalProperties":false,"required":["port","functions","available","registers"],"description":"Registers that are read by Modbus TCP, or RTU over TCP where the config says so. Nothing can be written. A register that nothing is known of reads as its type says so (NaN, or the highest or lowest number, as SunSpec has it); one between others that is not listed reads 0; beyond the first and the last: exception 2.","properties":{"port":{"type":"integer","minimum":0,"maximum":65535,"description":"The device's port; the config's `port` takes its place where the output has no `http`.","examples":[502]},"unit":{"type":"integer","minimum":1,"maximum":247,"default":1,"description":"The unit that answers; 0 and 255 are answered too. 1 by default."},"functions":{"type":"array","minItems":1,"items":{"enum":[3,4]},"description":"The functions that read the registers: 3 (holding registers), 4 (input registers). Others: exception 1."},"available":{"$ref":"#/definitions/Reply","description":"Where this gives nothing, the meter is silent: exception 11 (0x0B)."},"registers":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/Register"},"description":"The registers."}}};
const schema47 = {"title":"Register","type":"object","additionalProperties":false,"required":["at","type","value"],"properties":{"at":{"type":"integer","minimum":0,"maximum":65535,"description":"Address of the first word, from 0."},"type":{"enum":["float32","int16","uint16","int32","uint32","acc32","text"],"description":"How the value is written, the high word first. One that is absent reads as its type says: no number, the lowest signed, the highest unsigned, 0 for SunSpec's counters (`acc32`). So do words between two registers."},"words":{"type":"integer","minimum":1,"maximum":32,"default":8,"description":"Words of a text. 8 by default."},"value":{"$ref":"#/definitions/Expression","description":"JSONata over `state`, `values` and the others of replies. An integer is rounded."},"label":{"type":"string","description":"What it is, for people."}}};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.at === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "at"},message:"must have required property '"+"at"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.type === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.value === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "at") || (key0 === "type")) || (key0 === "words")) || (key0 === "value")) || (key0 === "label"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.at !== undefined){
let data0 = data.at;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/at",schemaPath:"#/properties/at/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema47.properties.at.type,parentSchema:schema47.properties.at,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65535 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/at",schemaPath:"#/properties/at/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema47.properties.at,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/at",schemaPath:"#/properties/at/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema47.properties.at,data:data0};
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
if(data.type !== undefined){
let data1 = data.type;
if(!(((((((data1 === "float32") || (data1 === "int16")) || (data1 === "uint16")) || (data1 === "int32")) || (data1 === "uint32")) || (data1 === "acc32")) || (data1 === "text"))){
const err7 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema47.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema47.properties.type.enum,parentSchema:schema47.properties.type,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.words !== undefined){
let data2 = data.words;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err8 = {instancePath:instancePath+"/words",schemaPath:"#/properties/words/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema47.properties.words.type,parentSchema:schema47.properties.words,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 32 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/words",schemaPath:"#/properties/words/maximum",keyword:"maximum",params:{comparison: "<=", limit: 32},message:"must be <= 32",schema:32,parentSchema:schema47.properties.words,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/words",schemaPath:"#/properties/words/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema47.properties.words,data:data2};
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
if(data.value !== undefined){
let data3 = data.value;
const _errs9 = errors;
let valid2 = false;
let passing0 = null;
const _errs10 = errors;
if(typeof data3 !== "string"){
const err11 = {instancePath:instancePath+"/value",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid0 = _errs10 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs12 = errors;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
const err12 = {instancePath:instancePath+"/value/" + i0,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data4};
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
const err13 = {instancePath:instancePath+"/value",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs12 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err14 = {instancePath:instancePath+"/value",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
if(data.label !== undefined){
let data5 = data.label;
if(typeof data5 !== "string"){
const err15 = {instancePath:instancePath+"/label",schemaPath:"#/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.label.type,parentSchema:schema47.properties.label,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.functions === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "functions"},message:"must have required property '"+"functions"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.available === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "available"},message:"must have required property '"+"available"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.registers === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "registers"},message:"must have required property '"+"registers"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "port") || (key0 === "unit")) || (key0 === "functions")) || (key0 === "available")) || (key0 === "registers"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.port !== undefined){
let data0 = data.port;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err5 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema45.properties.port.type,parentSchema:schema45.properties.port,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65535 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema45.properties.port,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err7 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.properties.port,data:data0};
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
if(data.unit !== undefined){
let data1 = data.unit;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err8 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema45.properties.unit.type,parentSchema:schema45.properties.unit,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 247 || isNaN(data1)){
const err9 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 247},message:"must be <= 247",schema:247,parentSchema:schema45.properties.unit,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err10 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema45.properties.unit,data:data1};
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
if(data.functions !== undefined){
let data2 = data.functions;
if(Array.isArray(data2)){
if(data2.length < 1){
const err11 = {instancePath:instancePath+"/functions",schemaPath:"#/properties/functions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema45.properties.functions,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(!((data3 === 3) || (data3 === 4))){
const err12 = {instancePath:instancePath+"/functions/" + i0,schemaPath:"#/properties/functions/items/enum",keyword:"enum",params:{allowedValues: schema45.properties.functions.items.enum},message:"must be equal to one of the allowed values",schema:schema45.properties.functions.items.enum,parentSchema:schema45.properties.functions.items,data:data3};
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
const err13 = {instancePath:instancePath+"/functions",schemaPath:"#/properties/functions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema45.properties.functions.type,parentSchema:schema45.properties.functions,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.available !== undefined){
let data4 = data.available;
const _errs11 = errors;
let valid4 = false;
let passing0 = null;
const _errs12 = errors;
if(typeof data4 !== "string"){
const err14 = {instancePath:instancePath+"/available",schemaPath:"#/definitions/Reply/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[0].type,parentSchema:schema35.oneOf[0],data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid0 = _errs12 === errors;
if(_valid0){
valid4 = true;
passing0 = 0;
}
const _errs14 = errors;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 !== "string"){
const err15 = {instancePath:instancePath+"/available/" + i1,schemaPath:"#/definitions/Reply/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.oneOf[1].items.type,parentSchema:schema35.oneOf[1].items,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/available",schemaPath:"#/definitions/Reply/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.oneOf[1].type,parentSchema:schema35.oneOf[1],data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid0 = _errs14 === errors;
if(_valid0 && valid4){
valid4 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid4 = true;
passing0 = 1;
}
}
if(!valid4){
const err17 = {instancePath:instancePath+"/available",schemaPath:"#/definitions/Reply/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema35.oneOf,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
else {
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
}
}
if(data.registers !== undefined){
let data6 = data.registers;
if(Array.isArray(data6)){
if(data6.length < 1){
const err18 = {instancePath:instancePath+"/registers",schemaPath:"#/properties/registers/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema45.properties.registers,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
if(!(validate32(data6[i2], {instancePath:instancePath+"/registers/" + i2,parentData:data6,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/registers",schemaPath:"#/properties/registers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema45.properties.registers.type,parentSchema:schema45.properties.registers,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const schema49 = {"title":"MdnsService","type":"object","additionalProperties":false,"required":["type","name"],"properties":{"type":{"type":"string","pattern":"^[a-z0-9-]{1,15}$","description":"The type of service: `http` is `_http._tcp`.","examples":["http"]},"name":{"$ref":"#/definitions/Expression","description":"JSONata: the name of the instance, over `meter`, `profile`, `options` and `bridge`."},"txt":{"$ref":"#/definitions/Expression","description":"JSONata: an object of texts."}}};
const pattern28 = new RegExp("^[a-z0-9-]{1,15}$", "u");

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema49.required,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema49.required,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "name")) || (key0 === "txt"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(!pattern28.test(data0)){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,15}$"},message:"must match pattern \""+"^[a-z0-9-]{1,15}$"+"\"",schema:"^[a-z0-9-]{1,15}$",parentSchema:schema49.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.properties.type.type,parentSchema:schema49.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
const _errs6 = errors;
let valid2 = false;
let passing0 = null;
const _errs7 = errors;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs9 = errors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/name/" + i0,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data2};
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
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs9 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err8 = {instancePath:instancePath+"/name",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.txt !== undefined){
let data3 = data.txt;
const _errs15 = errors;
let valid6 = false;
let passing1 = null;
const _errs16 = errors;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/txt",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid1 = _errs16 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
}
const _errs18 = errors;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/txt/" + i1,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data4};
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
else {
const err11 = {instancePath:instancePath+"/txt",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid1 = _errs18 === errors;
if(_valid1 && valid6){
valid6 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid6 = true;
passing1 = 1;
}
}
if(!valid6){
const err12 = {instancePath:instancePath+"/txt",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate35.errors = vErrors;
return errors === 0;
}

const schema52 = {"type":"object","additionalProperties":false,"required":["on"],"properties":{"on":{"enum":["reading","announce","meter","bridge","http","udp","websocket","notify","modbus"],"description":"Which expression, or by which way it is asked; `notify`: the message of WebSockets."},"reading":{"type":"object","description":"A reading; what is missing in its head is filled in."},"age":{"type":"number","minimum":0,"description":"Seconds since the reading, for replies. 0 by default; the interval is 10 s."},"meter":{"type":"object","description":"The section `meter` of the meter's profile."},"id":{"type":"string","description":"With `meter`: the meter's id, where that is known."},"options":{"type":"object","additionalProperties":{"$ref":"#/definitions/Option"},"description":"Laid over the defaults."},"messages":{"type":"array","items":{"$ref":"#/definitions/Message"},"description":"The messages that must come out, for `reading`, `announce` and `bridge`; `payload` as the object that it is."},"request":{"type":"object","additionalProperties":false,"description":"The request, for the other ways.","properties":{"method":{"type":"string","default":"GET","description":"Of HTTP. GET by default."},"path":{"type":"string","description":"Of HTTP, with its query.","examples":["/rpc/EM.GetStatus?id=0"]},"body":{"description":"Sent as JSON; a text as it is."},"function":{"type":"integer","description":"Of Modbus. The first of the output's functions by default."},"at":{"type":"integer","minimum":0,"description":"Of Modbus: the first register."},"count":{"type":"integer","minimum":1,"description":"Of Modbus: how many. 2 by default."}}},"reply":{"type":"object","additionalProperties":false,"description":"The reply that must come; {} for none.","properties":{"status":{"type":"integer","description":"Of HTTP. 200 by default."},"body":{"description":"As the object that it is, or a text."},"hex":{"type":"string","pattern":"^([0-9a-f]{4}( [0-9a-f]{4})*)?$","description":"Of Modbus: the words."},"exception":{"type":"integer","description":"Of Modbus: the exception, in place of words."}}}}};
const schema54 = {"type":"object","additionalProperties":false,"required":["topic","payload"],"properties":{"topic":{"type":"string","minLength":1,"maxLength":512,"description":"Where to: no + or #. $level(text) makes a level of any text."},"payload":{"description":"An object is sent as JSON, a number or boolean as text. Empty text clears a retained message."},"retain":{"type":"boolean","default":false,"description":"Whether the broker keeps it."},"qos":{"enum":[0,1],"default":1,"description":"1: at least once. 0 is sent as 1 as well: it waits while the broker is away."}}};
const pattern29 = new RegExp("^([0-9a-f]{4}( [0-9a-f]{4})*)?$", "u");

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.on === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema52.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.on !== undefined){
let data0 = data.on;
if(!(((((((((data0 === "reading") || (data0 === "announce")) || (data0 === "meter")) || (data0 === "bridge")) || (data0 === "http")) || (data0 === "udp")) || (data0 === "websocket")) || (data0 === "notify")) || (data0 === "modbus"))){
const err2 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/enum",keyword:"enum",params:{allowedValues: schema52.properties.on.enum},message:"must be equal to one of the allowed values",schema:schema52.properties.on.enum,parentSchema:schema52.properties.on,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.reading !== undefined){
let data1 = data.reading;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err3 = {instancePath:instancePath+"/reading",schemaPath:"#/properties/reading/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.reading.type,parentSchema:schema52.properties.reading,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.age !== undefined){
let data2 = data.age;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err4 = {instancePath:instancePath+"/age",schemaPath:"#/properties/age/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema52.properties.age,data:data2};
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
const err5 = {instancePath:instancePath+"/age",schemaPath:"#/properties/age/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema52.properties.age.type,parentSchema:schema52.properties.age,data:data2};
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
let data3 = data.meter;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err6 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.meter.type,parentSchema:schema52.properties.meter,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.id !== undefined){
let data4 = data.id;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.id.type,parentSchema:schema52.properties.id,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.options !== undefined){
let data5 = data.options;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
let data6 = data5[key1];
const _errs16 = errors;
let valid3 = false;
const _errs17 = errors;
if(((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))) && (typeof data6 !== "boolean")){
const err8 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/0/type",keyword:"type",params:{type: schema26.anyOf[0].type},message:"must be string,number,boolean",schema:schema26.anyOf[0].type,parentSchema:schema26.anyOf[0],data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs17 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const _errs19 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 in data6){
let data7 = data6[key2];
if(typeof data7 !== "string"){
const err9 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/1/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.anyOf[1].additionalProperties.type,parentSchema:schema26.anyOf[1].additionalProperties,data:data7};
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
const err10 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.anyOf[1].type,parentSchema:schema26.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid3 = valid3 || _valid0;
}
if(!valid3){
const err11 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema26.anyOf,parentSchema:schema26,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err12 = {instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.options.type,parentSchema:schema52.properties.options,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.messages !== undefined){
let data8 = data.messages;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.topic === undefined){
const err13 = {instancePath:instancePath+"/messages/" + i0,schemaPath:"#/definitions/Message/required",keyword:"required",params:{missingProperty: "topic"},message:"must have required property '"+"topic"+"'",schema:schema54.required,parentSchema:schema54,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data9.payload === undefined){
const err14 = {instancePath:instancePath+"/messages/" + i0,schemaPath:"#/definitions/Message/required",keyword:"required",params:{missingProperty: "payload"},message:"must have required property '"+"payload"+"'",schema:schema54.required,parentSchema:schema54,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key3 in data9){
if(!((((key3 === "topic") || (key3 === "payload")) || (key3 === "retain")) || (key3 === "qos"))){
const err15 = {instancePath:instancePath+"/messages/" + i0,schemaPath:"#/definitions/Message/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema54,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data9.topic !== undefined){
let data10 = data9.topic;
if(typeof data10 === "string"){
if(func4(data10) > 512){
const err16 = {instancePath:instancePath+"/messages/" + i0+"/topic",schemaPath:"#/definitions/Message/properties/topic/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema54.properties.topic,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func4(data10) < 1){
const err17 = {instancePath:instancePath+"/messages/" + i0+"/topic",schemaPath:"#/definitions/Message/properties/topic/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema54.properties.topic,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/messages/" + i0+"/topic",schemaPath:"#/definitions/Message/properties/topic/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.topic.type,parentSchema:schema54.properties.topic,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data9.retain !== undefined){
let data11 = data9.retain;
if(typeof data11 !== "boolean"){
const err19 = {instancePath:instancePath+"/messages/" + i0+"/retain",schemaPath:"#/definitions/Message/properties/retain/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema54.properties.retain.type,parentSchema:schema54.properties.retain,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data9.qos !== undefined){
let data12 = data9.qos;
if(!((data12 === 0) || (data12 === 1))){
const err20 = {instancePath:instancePath+"/messages/" + i0+"/qos",schemaPath:"#/definitions/Message/properties/qos/enum",keyword:"enum",params:{allowedValues: schema54.properties.qos.enum},message:"must be equal to one of the allowed values",schema:schema54.properties.qos.enum,parentSchema:schema54.properties.qos,data:data12};
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
const err21 = {instancePath:instancePath+"/messages/" + i0,schemaPath:"#/definitions/Message/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data:data9};
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
const err22 = {instancePath:instancePath+"/messages",schemaPath:"#/properties/messages/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema52.properties.messages.type,parentSchema:schema52.properties.messages,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.request !== undefined){
let data13 = data.request;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
if(!((((((key4 === "method") || (key4 === "path")) || (key4 === "body")) || (key4 === "function")) || (key4 === "at")) || (key4 === "count"))){
const err23 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema52.properties.request,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data13.method !== undefined){
let data14 = data13.method;
if(typeof data14 !== "string"){
const err24 = {instancePath:instancePath+"/request/method",schemaPath:"#/properties/request/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.request.properties.method.type,parentSchema:schema52.properties.request.properties.method,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data13.path !== undefined){
let data15 = data13.path;
if(typeof data15 !== "string"){
const err25 = {instancePath:instancePath+"/request/path",schemaPath:"#/properties/request/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.request.properties.path.type,parentSchema:schema52.properties.request.properties.path,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data13.function !== undefined){
let data16 = data13.function;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err26 = {instancePath:instancePath+"/request/function",schemaPath:"#/properties/request/properties/function/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.request.properties.function.type,parentSchema:schema52.properties.request.properties.function,data:data16};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data13.at !== undefined){
let data17 = data13.at;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err27 = {instancePath:instancePath+"/request/at",schemaPath:"#/properties/request/properties/at/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.request.properties.at.type,parentSchema:schema52.properties.request.properties.at,data:data17};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
const err28 = {instancePath:instancePath+"/request/at",schemaPath:"#/properties/request/properties/at/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema52.properties.request.properties.at,data:data17};
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
if(data13.count !== undefined){
let data18 = data13.count;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err29 = {instancePath:instancePath+"/request/count",schemaPath:"#/properties/request/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.request.properties.count.type,parentSchema:schema52.properties.request.properties.count,data:data18};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 1 || isNaN(data18)){
const err30 = {instancePath:instancePath+"/request/count",schemaPath:"#/properties/request/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema52.properties.request.properties.count,data:data18};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
}
else {
const err31 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.request.type,parentSchema:schema52.properties.request,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.reply !== undefined){
let data19 = data.reply;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key5 in data19){
if(!((((key5 === "status") || (key5 === "body")) || (key5 === "hex")) || (key5 === "exception"))){
const err32 = {instancePath:instancePath+"/reply",schemaPath:"#/properties/reply/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema52.properties.reply,data:data19};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data19.status !== undefined){
let data20 = data19.status;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err33 = {instancePath:instancePath+"/reply/status",schemaPath:"#/properties/reply/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.reply.properties.status.type,parentSchema:schema52.properties.reply.properties.status,data:data20};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data19.hex !== undefined){
let data21 = data19.hex;
if(typeof data21 === "string"){
if(!pattern29.test(data21)){
const err34 = {instancePath:instancePath+"/reply/hex",schemaPath:"#/properties/reply/properties/hex/pattern",keyword:"pattern",params:{pattern: "^([0-9a-f]{4}( [0-9a-f]{4})*)?$"},message:"must match pattern \""+"^([0-9a-f]{4}( [0-9a-f]{4})*)?$"+"\"",schema:"^([0-9a-f]{4}( [0-9a-f]{4})*)?$",parentSchema:schema52.properties.reply.properties.hex,data:data21};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/reply/hex",schemaPath:"#/properties/reply/properties/hex/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.reply.properties.hex.type,parentSchema:schema52.properties.reply.properties.hex,data:data21};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data19.exception !== undefined){
let data22 = data19.exception;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err36 = {instancePath:instancePath+"/reply/exception",schemaPath:"#/properties/reply/properties/exception/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.reply.properties.exception.type,parentSchema:schema52.properties.reply.properties.exception,data:data22};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/reply",schemaPath:"#/properties/reply/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.reply.type,parentSchema:schema52.properties.reply,data:data19};
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
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate37.errors = vErrors;
return errors === 0;
}


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/output.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.output === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.title === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.samples === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "samples"},message:"must have required property '"+"samples"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema25.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data};
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
const err5 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.$schema.type,parentSchema:schema25.properties.$schema,data:data0};
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
if(!pattern19.test(data1)){
const err6 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema25.properties.output,data:data1};
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
const err7 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.output.type,parentSchema:schema25.properties.output,data:data1};
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
if(!pattern20.test(data2)){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema25.properties.version,data:data2};
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
const err9 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.version.type,parentSchema:schema25.properties.version,data:data2};
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
const err10 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema25.properties.title,data:data3};
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
const err11 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.title.type,parentSchema:schema25.properties.title,data:data3};
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
const err12 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.description.type,parentSchema:schema25.properties.description,data:data4};
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
const err13 = {instancePath:instancePath+"/admits/" + i0,schemaPath:"#/properties/admits/items/enum",keyword:"enum",params:{allowedValues: schema25.properties.admits.items.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.admits.items.enum,parentSchema:schema25.properties.admits.items,data:data6};
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
const err14 = {instancePath:instancePath+"/admits",schemaPath:"#/properties/admits/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.admits.type,parentSchema:schema25.properties.admits,data:data5};
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
let data8 = data7[key1];
const _errs20 = errors;
let valid5 = false;
const _errs21 = errors;
if(((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))) && (typeof data8 !== "boolean")){
const err15 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/0/type",keyword:"type",params:{type: schema26.anyOf[0].type},message:"must be string,number,boolean",schema:schema26.anyOf[0].type,parentSchema:schema26.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs21 === errors;
valid5 = valid5 || _valid0;
if(!valid5){
const _errs23 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
let data9 = data8[key2];
if(typeof data9 !== "string"){
const err16 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/1/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.anyOf[1].additionalProperties.type,parentSchema:schema26.anyOf[1].additionalProperties,data:data9};
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
const err17 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.anyOf[1].type,parentSchema:schema26.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid0 = _errs23 === errors;
valid5 = valid5 || _valid0;
}
if(!valid5){
const err18 = {instancePath:instancePath+"/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Option/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema26.anyOf,parentSchema:schema26,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
else {
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err19 = {instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.options.type,parentSchema:schema25.properties.options,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.reading !== undefined){
let data10 = data.reading;
const _errs30 = errors;
let valid8 = false;
let passing0 = null;
const _errs31 = errors;
if(typeof data10 !== "string"){
const err20 = {instancePath:instancePath+"/reading",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid1 = _errs31 === errors;
if(_valid1){
valid8 = true;
passing0 = 0;
}
const _errs33 = errors;
if(Array.isArray(data10)){
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(typeof data11 !== "string"){
const err21 = {instancePath:instancePath+"/reading/" + i1,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data11};
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
const err22 = {instancePath:instancePath+"/reading",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid1 = _errs33 === errors;
if(_valid1 && valid8){
valid8 = false;
passing0 = [passing0, 1];
}
else {
if(_valid1){
valid8 = true;
passing0 = 1;
}
}
if(!valid8){
const err23 = {instancePath:instancePath+"/reading",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
else {
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
}
}
if(data.announce !== undefined){
let data12 = data.announce;
const _errs39 = errors;
let valid12 = false;
let passing1 = null;
const _errs40 = errors;
if(typeof data12 !== "string"){
const err24 = {instancePath:instancePath+"/announce",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var _valid2 = _errs40 === errors;
if(_valid2){
valid12 = true;
passing1 = 0;
}
const _errs42 = errors;
if(Array.isArray(data12)){
const len2 = data12.length;
for(let i2=0; i2<len2; i2++){
let data13 = data12[i2];
if(typeof data13 !== "string"){
const err25 = {instancePath:instancePath+"/announce/" + i2,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/announce",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
var _valid2 = _errs42 === errors;
if(_valid2 && valid12){
valid12 = false;
passing1 = [passing1, 1];
}
else {
if(_valid2){
valid12 = true;
passing1 = 1;
}
}
if(!valid12){
const err27 = {instancePath:instancePath+"/announce",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
else {
errors = _errs39;
if(vErrors !== null){
if(_errs39){
vErrors.length = _errs39;
}
else {
vErrors = null;
}
}
}
}
if(data.meter !== undefined){
let data14 = data.meter;
const _errs48 = errors;
let valid16 = false;
let passing2 = null;
const _errs49 = errors;
if(typeof data14 !== "string"){
const err28 = {instancePath:instancePath+"/meter",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
var _valid3 = _errs49 === errors;
if(_valid3){
valid16 = true;
passing2 = 0;
}
const _errs51 = errors;
if(Array.isArray(data14)){
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
if(typeof data15 !== "string"){
const err29 = {instancePath:instancePath+"/meter/" + i3,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/meter",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
var _valid3 = _errs51 === errors;
if(_valid3 && valid16){
valid16 = false;
passing2 = [passing2, 1];
}
else {
if(_valid3){
valid16 = true;
passing2 = 1;
}
}
if(!valid16){
const err31 = {instancePath:instancePath+"/meter",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
else {
errors = _errs48;
if(vErrors !== null){
if(_errs48){
vErrors.length = _errs48;
}
else {
vErrors = null;
}
}
}
}
if(data.bridge !== undefined){
let data16 = data.bridge;
const _errs57 = errors;
let valid20 = false;
let passing3 = null;
const _errs58 = errors;
if(typeof data16 !== "string"){
const err32 = {instancePath:instancePath+"/bridge",schemaPath:"#/definitions/Expression/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[0].type,parentSchema:schema27.oneOf[0],data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
var _valid4 = _errs58 === errors;
if(_valid4){
valid20 = true;
passing3 = 0;
}
const _errs60 = errors;
if(Array.isArray(data16)){
const len4 = data16.length;
for(let i4=0; i4<len4; i4++){
let data17 = data16[i4];
if(typeof data17 !== "string"){
const err33 = {instancePath:instancePath+"/bridge/" + i4,schemaPath:"#/definitions/Expression/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.oneOf[1].items.type,parentSchema:schema27.oneOf[1].items,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/bridge",schemaPath:"#/definitions/Expression/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.oneOf[1].type,parentSchema:schema27.oneOf[1],data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
var _valid4 = _errs60 === errors;
if(_valid4 && valid20){
valid20 = false;
passing3 = [passing3, 1];
}
else {
if(_valid4){
valid20 = true;
passing3 = 1;
}
}
if(!valid20){
const err35 = {instancePath:instancePath+"/bridge",schemaPath:"#/definitions/Expression/oneOf",keyword:"oneOf",params:{passingSchemas: passing3},message:"must match exactly one schema in oneOf",schema:schema27.oneOf,parentSchema:schema27,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
else {
errors = _errs57;
if(vErrors !== null){
if(_errs57){
vErrors.length = _errs57;
}
else {
vErrors = null;
}
}
}
}
if(data.birth !== undefined){
let data18 = data.birth;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.topic === undefined){
const err36 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/required",keyword:"required",params:{missingProperty: "topic"},message:"must have required property '"+"topic"+"'",schema:schema25.properties.birth.required,parentSchema:schema25.properties.birth,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data18.payload === undefined){
const err37 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/required",keyword:"required",params:{missingProperty: "payload"},message:"must have required property '"+"payload"+"'",schema:schema25.properties.birth.required,parentSchema:schema25.properties.birth,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
for(const key3 in data18){
if(!((key3 === "topic") || (key3 === "payload"))){
const err38 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema25.properties.birth,data:data18};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data18.topic !== undefined){
let data19 = data18.topic;
if(typeof data19 !== "string"){
const err39 = {instancePath:instancePath+"/birth/topic",schemaPath:"#/properties/birth/properties/topic/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.birth.properties.topic.type,parentSchema:schema25.properties.birth.properties.topic,data:data19};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data18.payload !== undefined){
let data20 = data18.payload;
if(typeof data20 !== "string"){
const err40 = {instancePath:instancePath+"/birth/payload",schemaPath:"#/properties/birth/properties/payload/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.birth.properties.payload.type,parentSchema:schema25.properties.birth.properties.payload,data:data20};
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
const err41 = {instancePath:instancePath+"/birth",schemaPath:"#/properties/birth/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.properties.birth.type,parentSchema:schema25.properties.birth,data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.answer !== undefined){
if(!(validate21(data.answer, {instancePath:instancePath+"/answer",parentData:data,parentDataProperty:"answer",rootData}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data.http !== undefined){
if(!(validate23(data.http, {instancePath:instancePath+"/http",parentData:data,parentDataProperty:"http",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.udp !== undefined){
if(!(validate29(data.udp, {instancePath:instancePath+"/udp",parentData:data,parentDataProperty:"udp",rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.modbus !== undefined){
if(!(validate31(data.modbus, {instancePath:instancePath+"/modbus",parentData:data,parentDataProperty:"modbus",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.mdns !== undefined){
let data25 = data.mdns;
if(Array.isArray(data25)){
const len5 = data25.length;
for(let i5=0; i5<len5; i5++){
if(!(validate35(data25[i5], {instancePath:instancePath+"/mdns/" + i5,parentData:data25,parentDataProperty:i5,rootData}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
}
else {
const err42 = {instancePath:instancePath+"/mdns",schemaPath:"#/properties/mdns/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.mdns.type,parentSchema:schema25.properties.mdns,data:data25};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.samples !== undefined){
let data27 = data.samples;
if(Array.isArray(data27)){
const len6 = data27.length;
for(let i6=0; i6<len6; i6++){
if(!(validate37(data27[i6], {instancePath:instancePath+"/samples/" + i6,parentData:data27,parentDataProperty:i6,rootData}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
}
else {
const err43 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.samples.type,parentSchema:schema25.properties.samples,data:data27};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}


const schema55 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cii2mqtt.org/schema/profile.schema.json","title":"Profile","description":"How one meter or adapter is read: its line, its protocol, and what its values are called. Keys and passwords never stand here.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"Path of this schema, for editors."},"profile":{"type":"string","pattern":"^[a-z0-9-]+$","description":"The profile's name: the file's name without .json.","examples":["ekz-e450"]},"version":{"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the profile (semver).","examples":["1.0.0"]},"title":{"type":"string","description":"One line for people: operator, meter, interface.","examples":["EKZ · Landis+Gyr E450 · wired M-Bus"]},"description":{"type":"string","description":"Remarks of the author for the next one."},"extends":{"type":"string","description":"Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.","examples":["common/dlms-push","common/p1","common/lg-e450"]},"meter":{"type":"object","additionalProperties":false,"description":"The meter that is read.","properties":{"operator":{"type":"string","description":"Grid operator.","examples":["EKZ"]},"operators":{"type":"array","items":{"type":"string"},"maxItems":32,"description":"Grid operators that are known to use this meter as the profile reads it.","examples":[["Regionalwerke Baden","EBL"]]},"manufacturer":{"type":"string","description":"Maker of the meter.","examples":["Landis+Gyr"]},"model":{"type":"string","description":"Model of the meter.","examples":["E450"]},"adapter":{"type":"string","description":"Device between meter and network, where there is one.","examples":["gPlug"]},"interface":{"type":"string","description":"The customer interface: IDIS CII on P1, DSMR P1, wired M-Bus …","examples":["DSMR P1 (RJ12)"]},"port":{"enum":["p1-rj12","mbus-rj12","mbus-terminals","han-rj45","han-module","optical","rs485","adapter","other"],"description":"The socket that the meter is read at: P1 or wired M-Bus on RJ12, terminals of wired M-Bus, the HAN port on RJ45, a slot for a module, an optical head, RS-485, an adapter that publishes by MQTT."},"country":{"type":"string","pattern":"^[A-Z]{2}$","description":"ISO 3166 code.","examples":["CH"]},"timezone":{"type":"string","description":"IANA name of the zone that the meter's local time is in.","examples":["Europe/Zurich"]},"tariffs":{"type":"object","description":"What each tariff is, by its number: high, low, or the operator's own word. `info` and the outputs have it beside `tariff_index`.","propertyNames":{"pattern":"^[1-9]\\d?$"},"additionalProperties":{"type":"string"},"examples":[{"1":"low","2":"high"}]}}},"interval":{"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams. Three times this without one, and the meter is offline.","examples":[5],"default":20},"transport":{"$ref":"#/definitions/Transport"},"decoder":{"$ref":"#/definitions/Decoder"},"transform":{"type":"object","description":"Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free. `*` is a path to values by OBIS code (`obis`): each field that has a code and is not stated is taken from it.","additionalProperties":{"type":"string","maxLength":4096},"maxProperties":400,"examples":[{"*":"obis","power_import":"obis.`1.7.0` * 2","extra.phase_angle":"obis.`81.7.4`"}]},"extra":{"type":"object","description":"Meaning of the fields `extra.<name>`, by name: unit, class, label and OBIS code, as `info` and the outputs give them.","propertyNames":{"pattern":"^[a-z][a-z0-9_]*$"},"additionalProperties":{"$ref":"#/definitions/ExtraField"},"maxProperties":200,"examples":[{"room_temperature":{"unit":"°C","label":"Room temperature"}}]},"expect":{"type":"object","description":"Plausible values, by field; `name*` for all that begin so, the longer name wins. Others are withheld and named in the reading's issues. A profile states what differs from the default, key by key; null removes.","additionalProperties":{"$ref":"#/definitions/Expectation"},"maxProperties":100,"default":{"voltage_*":{"min":50,"max":480,"orZero":true},"frequency":{"min":45,"max":65,"orZero":true},"power_factor*":{"min":-1,"max":1},"power_import*":{"max":10000000},"power_export*":{"max":10000000},"power_net*":{"min":-10000000,"max":10000000},"voltage_sags_*":{"min":0},"voltage_swells_*":{"min":0},"energy_*":{"rising":true,"maxPower":60720},"energy_import_interval":{"rising":false},"energy_export_interval":{"rising":false},"reactive_energy_*":{"rising":true,"maxPower":60720},"submeters.energy":{"rising":true,"maxPower":1000000},"submeters.volume":{"rising":true,"maxFlow":100},"time":{"drift":600}},"examples":[{"voltage_*":{"max":300},"power_import":{"max":17250},"frequency":null}]},"samples":{"type":"array","items":{"type":"string"},"maxItems":32,"description":"Folders under meters/, or below the profile's own folder, with X.capture.jsonl and X.expected.json. By default the folder of the profile's own name, else its parent's; [] for none.","examples":[["ekz-e450"]]}},"definitions":{"ExtraField":{"title":"ExtraField","type":"object","additionalProperties":false,"properties":{"unit":{"type":"string","description":"Unit of the value, SI; none by default.","examples":["°C","m³/h","Wh"]},"class":{"enum":["power","energy","reactive_power","reactive_energy","apparent_power","voltage","current","frequency","power_factor","volume","volume_flow_rate","temperature","duration","count","number","text","time"],"description":"The quantity, in one word; by default what the unit measures. energy, reactive_energy, volume and count are counters."},"label":{"type":"string","description":"A few words for people; by default the name.","examples":["Room temperature"]},"obis":{"type":"string","description":"OBIS code C.D.E; none by default.","examples":["81.7.4"]}}},"Expectation":{"title":"Expectation","type":"object","additionalProperties":false,"properties":{"min":{"type":"number","description":"Lowest plausible value."},"max":{"type":"number","description":"Highest plausible value: for power what the connection's fuse lets through."},"orZero":{"type":"boolean","description":"True: 0 is plausible besides, as missing phases send it."},"rising":{"type":"boolean","description":"True: a counter. A lower value is withheld until later ones confirm it (`confirm`), the meter's id changes, or the config's `reset`."},"maxPower":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: watts (var) that the connection can carry; a counter that rises faster is withheld. By default three phases of 80 A at 253 V.","examples":[17250]},"maxFlow":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: cubic metres an hour that the pipe can carry; a volume that rises faster is withheld.","examples":[5]},"confirm":{"type":"string","pattern":"^[1-9]\\d? of [1-9]\\d?$","description":"With `rising`: a counter that fell or leapt counts again when so many of so many values in a row follow from each other and rise.","examples":["3 of 5"],"default":"5 of 7"},"drift":{"type":"number","exclusiveMinimum":0,"description":"time: seconds that the meter's clock may differ from the time of arrival; beyond, the reading carries the time of arrival, and the meter's own as `meter_time`.","examples":[600]}}},"Transport":{"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}},"Merge":{"title":"Merge","type":"object","additionalProperties":false,"description":"mqtt: the messages of several topics make one telegram, and stand by name in `json`. It ends when its time is over, when a name comes again, or with `until`; what did not come is absent.","properties":{"by":{"type":"string","pattern":"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$","description":"The named level that is a message's name in `json`; several with / nest (group/name: json.import.active). Of topics without it, and by default, the last level.","examples":["name","group/name"]},"window":{"type":"integer","minimum":10,"maximum":600000,"description":"Milliseconds from the first message of a telegram to the last: less than from one telegram to the next. 1000 by default.","examples":[2000],"default":1000},"until":{"type":"string","description":"The name of the message that is always the last: the telegram is complete with it.","examples":["emdata:0"]}}},"Request":{"title":"Request","type":"object","additionalProperties":false,"description":"serial, tcp: the meter answers when it is asked. By `address` or `secondary` a wired M-Bus meter is asked for all its telegrams, and several meters share one converter: entries with the same device, or the same host and port, are asked in turn. `hex` goes before both, `secondary` before `address`.","properties":{"address":{"type":"integer","minimum":0,"maximum":254,"description":"Primary address of a wired M-Bus meter: 0 to 250, or 254 for whatever meter is alone on its bus.","default":254,"examples":[5]},"secondary":{"type":"string","pattern":"^[0-9A-Fa-f]{8}$","description":"Secondary address of a wired M-Bus meter: the eight digits of its identification number (a reading's `id`), F for any digit.","examples":["12345678"]},"manufacturer":{"type":"string","pattern":"^[A-Z]{3}$","description":"With `secondary`: the maker's three letters; any by default.","examples":["KAM"]},"version":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the version in the meter's header; any by default."},"medium":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the type of the device in the meter's header (4 heat, 7 water); any by default."},"hex":{"type":"array","items":{"type":"string","pattern":"^([0-9A-Fa-f]{2})+$"},"minItems":1,"maxItems":16,"description":"In the config only: other messages to send, one after the other, half a second between; the meter has the line to itself.","examples":[["1040FE3E16","107BFE7916"]]},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds between two requests. 60 by default.","default":60}}},"SignOn":{"title":"SignOn","type":"object","additionalProperties":false,"description":"serial, tcp: the meter speaks only when asked (IEC 62056-21, modes A to C). The line begins with the transport's baudRate.","properties":{"address":{"type":"string","pattern":"^[0-9A-Za-z ]{0,32}$","description":"The meter's address on a shared line; none by default."},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds from the end of one readout to the next sign-on. 60 by default.","default":60},"wakeUp":{"type":"number","minimum":0.1,"maximum":10,"description":"Seconds of NUL bytes before each request, for meters with a battery, which sleep (IEC 62056-21, annex B: 2.1 to 2.3). None by default.","examples":[2.2]},"speed":{"enum":[300,600,1200,2400,4800,9600,19200],"description":"Bits per second of the readout; by default what the meter offers in its identification."},"commands":{"type":"array","items":{"type":"string","pattern":"^[A-Z][0-9]( [^\\s!/]*)?$"},"maxItems":16,"description":"Reads in programming mode instead of the readout: command and data set. Commands that do not read stand in the config only.","examples":[["R2 F001","R2 F009"]]}}},"Decoder":{"title":"Decoder","type":"object","additionalProperties":false,"description":"How bytes become a telegram.","properties":{"link":{"enum":["hdlc","mbus","sml","p1","iec62056-21","llc","raw","auto"],"description":"Link layer. `raw`: none, one APDU after the other; `auto`: told from the bytes. Not for json and value."},"application":{"enum":["dlms","p1","mbus","sml","iec62056-21","json","value"],"description":"The protocol that the frames carry; of messages json, or value for one plain value a topic, which stands in `json` by the topic's last level or `transport.merge.by`. With \"link\": \"auto\" it may be left out."},"registers":{"type":"object","description":"Scalers and units that the meter leaves out, by full or short OBIS code, quantity (power_factor), unit (A, V, Hz, W …; SI) or * for all others; the more specific wins.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"scaler":{"type":"integer","minimum":-12,"maximum":12,"description":"Power of ten from the sent integer to the value."},"unit":{"type":"string","description":"Unit of the value: W, kWh, V, …"},"negate":{"type":"object","additionalProperties":false,"required":["status","bit"],"properties":{"status":{"type":"string","description":"OBIS code of the register whose status word tells the direction."},"bit":{"type":"integer","minimum":0,"maximum":63,"description":"Number of the bit, 0 the lowest."}},"description":"sml: the value is sent without its sign; it is negative while this bit of a status word is set."},"override":{"type":"boolean","description":"True: this holds even where the meter sends scaler and unit."}}},"examples":[{"*":{"scaler":0},"A":{"scaler":-2},"power_factor":{"scaler":-3}}]},"sequence":{"type":"object","description":"For lists without OBIS codes: for each length of the list what each place is: `CODE`, `CODE KIND`, `- KIND` (no use, but always so), or null for anything. Words behind the length tell lists of one length apart (`9 counters`); the first that fits counts, and a telegram that none fits is refused. Values of lists inside the list are places of their own, in wire order. KIND: a type (u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 enum bool bits bcd null), number, clock, date, time, text, digits, octets, a size in bytes behind the last three (digits(16)), or =TEXT for exactly this text, number, OBIS code or hex digits; `|` between alternatives. Without KIND a place holds what its code demands: power, energy, voltage … a number, 1.0.0 a clock, an id a text. `validate --update` adds the kinds that the samples show.","propertyNames":{"pattern":"^[1-9]\\d{0,3}( \\S.{0,39})?$"},"additionalProperties":{"type":"array","items":{"type":["string","null"]}},"examples":[{"2":["0-0:96.1.0","1-0:1.7.0"],"3 hourly":["- =KFM_001","0-0:96.1.0 digits(16)","1-0:1.8.0 u32|u64"]}]},"channel":{"type":"object","description":"Which channel B a short code means when several carry it: code → B.","additionalProperties":{"type":"integer","minimum":0,"maximum":255},"examples":[{"1.7.0":1}]},"blockCheck":{"enum":["required","optional"],"description":"iec62056-21: `optional` takes a readout that breaks off before ETX and its block check, too.","default":"required"},"authenticationData":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$","description":"Authentication key that the operator publishes for all its meters (hex digits); a key in the config goes before it.","examples":["00112233445566778899AABBCCDDEEFF"]},"systemTitle":{"type":"string","pattern":"^[0-9A-Fa-f]{16}$","description":"System title of a meter that ciphers and does not send it: 16 hex digits.","examples":["45474D0000000001"]},"authentication":{"enum":["required","optional"],"description":"`required`: the tag must be there and right. `optional`: checked where an authentication key is configured.","default":"optional"},"ignore":{"type":"array","items":{"type":"string"},"description":"json, value: payloads that are no telegrams, such as Online.","examples":[["Online","Offline"]]},"object":{"type":"string","minLength":1,"description":"json: the object that is this meter's where a message holds several meters ({\"z\": {…}, \"wp\": {…}}); the others are kept from `json`. `*`: the first that gives a reading, and no other after it. Without it the whole message is one meter's.","examples":["z","*"]}}}}};
const schema60 = {"title":"Decoder","type":"object","additionalProperties":false,"description":"How bytes become a telegram.","properties":{"link":{"enum":["hdlc","mbus","sml","p1","iec62056-21","llc","raw","auto"],"description":"Link layer. `raw`: none, one APDU after the other; `auto`: told from the bytes. Not for json and value."},"application":{"enum":["dlms","p1","mbus","sml","iec62056-21","json","value"],"description":"The protocol that the frames carry; of messages json, or value for one plain value a topic, which stands in `json` by the topic's last level or `transport.merge.by`. With \"link\": \"auto\" it may be left out."},"registers":{"type":"object","description":"Scalers and units that the meter leaves out, by full or short OBIS code, quantity (power_factor), unit (A, V, Hz, W …; SI) or * for all others; the more specific wins.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"scaler":{"type":"integer","minimum":-12,"maximum":12,"description":"Power of ten from the sent integer to the value."},"unit":{"type":"string","description":"Unit of the value: W, kWh, V, …"},"negate":{"type":"object","additionalProperties":false,"required":["status","bit"],"properties":{"status":{"type":"string","description":"OBIS code of the register whose status word tells the direction."},"bit":{"type":"integer","minimum":0,"maximum":63,"description":"Number of the bit, 0 the lowest."}},"description":"sml: the value is sent without its sign; it is negative while this bit of a status word is set."},"override":{"type":"boolean","description":"True: this holds even where the meter sends scaler and unit."}}},"examples":[{"*":{"scaler":0},"A":{"scaler":-2},"power_factor":{"scaler":-3}}]},"sequence":{"type":"object","description":"For lists without OBIS codes: for each length of the list what each place is: `CODE`, `CODE KIND`, `- KIND` (no use, but always so), or null for anything. Words behind the length tell lists of one length apart (`9 counters`); the first that fits counts, and a telegram that none fits is refused. Values of lists inside the list are places of their own, in wire order. KIND: a type (u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 enum bool bits bcd null), number, clock, date, time, text, digits, octets, a size in bytes behind the last three (digits(16)), or =TEXT for exactly this text, number, OBIS code or hex digits; `|` between alternatives. Without KIND a place holds what its code demands: power, energy, voltage … a number, 1.0.0 a clock, an id a text. `validate --update` adds the kinds that the samples show.","propertyNames":{"pattern":"^[1-9]\\d{0,3}( \\S.{0,39})?$"},"additionalProperties":{"type":"array","items":{"type":["string","null"]}},"examples":[{"2":["0-0:96.1.0","1-0:1.7.0"],"3 hourly":["- =KFM_001","0-0:96.1.0 digits(16)","1-0:1.8.0 u32|u64"]}]},"channel":{"type":"object","description":"Which channel B a short code means when several carry it: code → B.","additionalProperties":{"type":"integer","minimum":0,"maximum":255},"examples":[{"1.7.0":1}]},"blockCheck":{"enum":["required","optional"],"description":"iec62056-21: `optional` takes a readout that breaks off before ETX and its block check, too.","default":"required"},"authenticationData":{"type":"string","pattern":"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$","description":"Authentication key that the operator publishes for all its meters (hex digits); a key in the config goes before it.","examples":["00112233445566778899AABBCCDDEEFF"]},"systemTitle":{"type":"string","pattern":"^[0-9A-Fa-f]{16}$","description":"System title of a meter that ciphers and does not send it: 16 hex digits.","examples":["45474D0000000001"]},"authentication":{"enum":["required","optional"],"description":"`required`: the tag must be there and right. `optional`: checked where an authentication key is configured.","default":"optional"},"ignore":{"type":"array","items":{"type":"string"},"description":"json, value: payloads that are no telegrams, such as Online.","examples":[["Online","Offline"]]},"object":{"type":"string","minLength":1,"description":"json: the object that is this meter's where a message holds several meters ({\"z\": {…}, \"wp\": {…}}); the others are kept from `json`. `*`: the first that gives a reading, and no other after it. Without it the whole message is one meter's.","examples":["z","*"]}}};
const schema61 = {"title":"ExtraField","type":"object","additionalProperties":false,"properties":{"unit":{"type":"string","description":"Unit of the value, SI; none by default.","examples":["°C","m³/h","Wh"]},"class":{"enum":["power","energy","reactive_power","reactive_energy","apparent_power","voltage","current","frequency","power_factor","volume","volume_flow_rate","temperature","duration","count","number","text","time"],"description":"The quantity, in one word; by default what the unit measures. energy, reactive_energy, volume and count are counters."},"label":{"type":"string","description":"A few words for people; by default the name.","examples":["Room temperature"]},"obis":{"type":"string","description":"OBIS code C.D.E; none by default.","examples":["81.7.4"]}}};
const schema62 = {"title":"Expectation","type":"object","additionalProperties":false,"properties":{"min":{"type":"number","description":"Lowest plausible value."},"max":{"type":"number","description":"Highest plausible value: for power what the connection's fuse lets through."},"orZero":{"type":"boolean","description":"True: 0 is plausible besides, as missing phases send it."},"rising":{"type":"boolean","description":"True: a counter. A lower value is withheld until later ones confirm it (`confirm`), the meter's id changes, or the config's `reset`."},"maxPower":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: watts (var) that the connection can carry; a counter that rises faster is withheld. By default three phases of 80 A at 253 V.","examples":[17250]},"maxFlow":{"type":"number","exclusiveMinimum":0,"description":"With `rising`: cubic metres an hour that the pipe can carry; a volume that rises faster is withheld.","examples":[5]},"confirm":{"type":"string","pattern":"^[1-9]\\d? of [1-9]\\d?$","description":"With `rising`: a counter that fell or leapt counts again when so many of so many values in a row follow from each other and rise.","examples":["3 of 5"],"default":"5 of 7"},"drift":{"type":"number","exclusiveMinimum":0,"description":"time: seconds that the meter's clock may differ from the time of arrival; beyond, the reading carries the time of arrival, and the meter's own as `meter_time`.","examples":[600]}}};
const pattern32 = new RegExp("^[A-Z]{2}$", "u");
const pattern33 = new RegExp("^[1-9]\\d?$", "u");
const pattern41 = new RegExp("^[1-9]\\d{0,3}( \\S.{0,39})?$", "u");
const pattern43 = new RegExp("^[0-9A-Fa-f]{16}$", "u");
const pattern44 = new RegExp("^[a-z][a-z0-9_]*$", "u");
const pattern45 = new RegExp("^[1-9]\\d? of [1-9]\\d?$", "u");
const schema56 = {"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}};
const schema57 = {"title":"SignOn","type":"object","additionalProperties":false,"description":"serial, tcp: the meter speaks only when asked (IEC 62056-21, modes A to C). The line begins with the transport's baudRate.","properties":{"address":{"type":"string","pattern":"^[0-9A-Za-z ]{0,32}$","description":"The meter's address on a shared line; none by default."},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds from the end of one readout to the next sign-on. 60 by default.","default":60},"wakeUp":{"type":"number","minimum":0.1,"maximum":10,"description":"Seconds of NUL bytes before each request, for meters with a battery, which sleep (IEC 62056-21, annex B: 2.1 to 2.3). None by default.","examples":[2.2]},"speed":{"enum":[300,600,1200,2400,4800,9600,19200],"description":"Bits per second of the readout; by default what the meter offers in its identification."},"commands":{"type":"array","items":{"type":"string","pattern":"^[A-Z][0-9]( [^\\s!/]*)?$"},"maxItems":16,"description":"Reads in programming mode instead of the readout: command and data set. Commands that do not read stand in the config only.","examples":[["R2 F001","R2 F009"]]}}};
const schema58 = {"title":"Request","type":"object","additionalProperties":false,"description":"serial, tcp: the meter answers when it is asked. By `address` or `secondary` a wired M-Bus meter is asked for all its telegrams, and several meters share one converter: entries with the same device, or the same host and port, are asked in turn. `hex` goes before both, `secondary` before `address`.","properties":{"address":{"type":"integer","minimum":0,"maximum":254,"description":"Primary address of a wired M-Bus meter: 0 to 250, or 254 for whatever meter is alone on its bus.","default":254,"examples":[5]},"secondary":{"type":"string","pattern":"^[0-9A-Fa-f]{8}$","description":"Secondary address of a wired M-Bus meter: the eight digits of its identification number (a reading's `id`), F for any digit.","examples":["12345678"]},"manufacturer":{"type":"string","pattern":"^[A-Z]{3}$","description":"With `secondary`: the maker's three letters; any by default.","examples":["KAM"]},"version":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the version in the meter's header; any by default."},"medium":{"type":"integer","minimum":0,"maximum":255,"description":"With `secondary`: the type of the device in the meter's header (4 heat, 7 water); any by default."},"hex":{"type":"array","items":{"type":"string","pattern":"^([0-9A-Fa-f]{2})+$"},"minItems":1,"maxItems":16,"description":"In the config only: other messages to send, one after the other, half a second between; the meter has the line to itself.","examples":[["1040FE3E16","107BFE7916"]]},"interval":{"type":"number","minimum":1,"maximum":86400,"description":"Seconds between two requests. 60 by default.","default":60}}};
const schema59 = {"title":"Merge","type":"object","additionalProperties":false,"description":"mqtt: the messages of several topics make one telegram, and stand by name in `json`. It ends when its time is over, when a name comes again, or with `until`; what did not come is absent.","properties":{"by":{"type":"string","pattern":"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$","description":"The named level that is a message's name in `json`; several with / nest (group/name: json.import.active). Of topics without it, and by default, the last level.","examples":["name","group/name"]},"window":{"type":"integer","minimum":10,"maximum":600000,"description":"Milliseconds from the first message of a telegram to the last: less than from one telegram to the next. 1000 by default.","examples":[2000],"default":1000},"until":{"type":"string","description":"The name of the message that is always the last: the telegram is complete with it.","examples":["emdata:0"]}}};
const pattern34 = new RegExp("^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$", "u");
const pattern35 = new RegExp("^[0-9A-Za-z ]{0,32}$", "u");
const pattern36 = new RegExp("^[A-Z][0-9]( [^\\s!/]*)?$", "u");
const pattern37 = new RegExp("^[0-9A-Fa-f]{8}$", "u");
const pattern39 = new RegExp("^([0-9A-Fa-f]{2})+$", "u");
const pattern40 = new RegExp("^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$", "u");

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema56.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema56,data};
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
const err1 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema56.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.kind.enum,parentSchema:schema56.properties.kind,data:data0};
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
if(!pattern34.test(data1)){
const err2 = {instancePath:instancePath+"/line",schemaPath:"#/properties/line/pattern",keyword:"pattern",params:{pattern: "^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"},message:"must match pattern \""+"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"+"\"",schema:"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$",parentSchema:schema56.properties.line,data:data1};
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
const err3 = {instancePath:instancePath+"/line",schemaPath:"#/properties/line/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.line.type,parentSchema:schema56.properties.line,data:data1};
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
const err4 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema56.properties.baudRate.type,parentSchema:schema56.properties.baudRate,data:data2};
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
const err5 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4000000},message:"must be <= 4000000",schema:4000000,parentSchema:schema56.properties.baudRate,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 300 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/baudRate",schemaPath:"#/properties/baudRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 300},message:"must be >= 300",schema:300,parentSchema:schema56.properties.baudRate,data:data2};
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
const err7 = {instancePath:instancePath+"/dataBits",schemaPath:"#/properties/dataBits/enum",keyword:"enum",params:{allowedValues: schema56.properties.dataBits.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.dataBits.enum,parentSchema:schema56.properties.dataBits,data:data3};
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
const err8 = {instancePath:instancePath+"/parity",schemaPath:"#/properties/parity/enum",keyword:"enum",params:{allowedValues: schema56.properties.parity.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.parity.enum,parentSchema:schema56.properties.parity,data:data4};
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
const err9 = {instancePath:instancePath+"/stopBits",schemaPath:"#/properties/stopBits/enum",keyword:"enum",params:{allowedValues: schema56.properties.stopBits.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.stopBits.enum,parentSchema:schema56.properties.stopBits,data:data5};
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
const err10 = {instancePath:instancePath+"/rtscts",schemaPath:"#/properties/rtscts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema56.properties.rtscts.type,parentSchema:schema56.properties.rtscts,data:data6};
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
let data7 = data.signOn;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!(((((key1 === "address") || (key1 === "interval")) || (key1 === "wakeUp")) || (key1 === "speed")) || (key1 === "commands"))){
const err11 = {instancePath:instancePath+"/signOn",schemaPath:"#/definitions/SignOn/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema57,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data7.address !== undefined){
let data8 = data7.address;
if(typeof data8 === "string"){
if(!pattern35.test(data8)){
const err12 = {instancePath:instancePath+"/signOn/address",schemaPath:"#/definitions/SignOn/properties/address/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z ]{0,32}$"},message:"must match pattern \""+"^[0-9A-Za-z ]{0,32}$"+"\"",schema:"^[0-9A-Za-z ]{0,32}$",parentSchema:schema57.properties.address,data:data8};
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
const err13 = {instancePath:instancePath+"/signOn/address",schemaPath:"#/definitions/SignOn/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.address.type,parentSchema:schema57.properties.address,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data7.interval !== undefined){
let data9 = data7.interval;
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 86400 || isNaN(data9)){
const err14 = {instancePath:instancePath+"/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema57.properties.interval,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data9 < 1 || isNaN(data9)){
const err15 = {instancePath:instancePath+"/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema57.properties.interval,data:data9};
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
const err16 = {instancePath:instancePath+"/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema57.properties.interval.type,parentSchema:schema57.properties.interval,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.wakeUp !== undefined){
let data10 = data7.wakeUp;
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 10 || isNaN(data10)){
const err17 = {instancePath:instancePath+"/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema57.properties.wakeUp,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data10 < 0.1 || isNaN(data10)){
const err18 = {instancePath:instancePath+"/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema57.properties.wakeUp,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema57.properties.wakeUp.type,parentSchema:schema57.properties.wakeUp,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data7.speed !== undefined){
let data11 = data7.speed;
if(!(((((((data11 === 300) || (data11 === 600)) || (data11 === 1200)) || (data11 === 2400)) || (data11 === 4800)) || (data11 === 9600)) || (data11 === 19200))){
const err20 = {instancePath:instancePath+"/signOn/speed",schemaPath:"#/definitions/SignOn/properties/speed/enum",keyword:"enum",params:{allowedValues: schema57.properties.speed.enum},message:"must be equal to one of the allowed values",schema:schema57.properties.speed.enum,parentSchema:schema57.properties.speed,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data7.commands !== undefined){
let data12 = data7.commands;
if(Array.isArray(data12)){
if(data12.length > 16){
const err21 = {instancePath:instancePath+"/signOn/commands",schemaPath:"#/definitions/SignOn/properties/commands/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema57.properties.commands,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
let data13 = data12[i0];
if(typeof data13 === "string"){
if(!pattern36.test(data13)){
const err22 = {instancePath:instancePath+"/signOn/commands/" + i0,schemaPath:"#/definitions/SignOn/properties/commands/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][0-9]( [^\\s!/]*)?$"},message:"must match pattern \""+"^[A-Z][0-9]( [^\\s!/]*)?$"+"\"",schema:"^[A-Z][0-9]( [^\\s!/]*)?$",parentSchema:schema57.properties.commands.items,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/signOn/commands/" + i0,schemaPath:"#/definitions/SignOn/properties/commands/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.commands.items.type,parentSchema:schema57.properties.commands.items,data:data13};
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
const err24 = {instancePath:instancePath+"/signOn/commands",schemaPath:"#/definitions/SignOn/properties/commands/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema57.properties.commands.type,parentSchema:schema57.properties.commands,data:data12};
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
const err25 = {instancePath:instancePath+"/signOn",schemaPath:"#/definitions/SignOn/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.type,parentSchema:schema57,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.request !== undefined){
let data14 = data.request;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key2 in data14){
if(!(((((((key2 === "address") || (key2 === "secondary")) || (key2 === "manufacturer")) || (key2 === "version")) || (key2 === "medium")) || (key2 === "hex")) || (key2 === "interval"))){
const err26 = {instancePath:instancePath+"/request",schemaPath:"#/definitions/Request/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data14.address !== undefined){
let data15 = data14.address;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err27 = {instancePath:instancePath+"/request/address",schemaPath:"#/definitions/Request/properties/address/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.address.type,parentSchema:schema58.properties.address,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 254 || isNaN(data15)){
const err28 = {instancePath:instancePath+"/request/address",schemaPath:"#/definitions/Request/properties/address/maximum",keyword:"maximum",params:{comparison: "<=", limit: 254},message:"must be <= 254",schema:254,parentSchema:schema58.properties.address,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err29 = {instancePath:instancePath+"/request/address",schemaPath:"#/definitions/Request/properties/address/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.address,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data14.secondary !== undefined){
let data16 = data14.secondary;
if(typeof data16 === "string"){
if(!pattern37.test(data16)){
const err30 = {instancePath:instancePath+"/request/secondary",schemaPath:"#/definitions/Request/properties/secondary/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}$"+"\"",schema:"^[0-9A-Fa-f]{8}$",parentSchema:schema58.properties.secondary,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/request/secondary",schemaPath:"#/definitions/Request/properties/secondary/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.secondary.type,parentSchema:schema58.properties.secondary,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data14.manufacturer !== undefined){
let data17 = data14.manufacturer;
if(typeof data17 === "string"){
if(!pattern12.test(data17)){
const err32 = {instancePath:instancePath+"/request/manufacturer",schemaPath:"#/definitions/Request/properties/manufacturer/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema58.properties.manufacturer,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/request/manufacturer",schemaPath:"#/definitions/Request/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.manufacturer.type,parentSchema:schema58.properties.manufacturer,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data14.version !== undefined){
let data18 = data14.version;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err34 = {instancePath:instancePath+"/request/version",schemaPath:"#/definitions/Request/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.version.type,parentSchema:schema58.properties.version,data:data18};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 255 || isNaN(data18)){
const err35 = {instancePath:instancePath+"/request/version",schemaPath:"#/definitions/Request/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema58.properties.version,data:data18};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data18 < 0 || isNaN(data18)){
const err36 = {instancePath:instancePath+"/request/version",schemaPath:"#/definitions/Request/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.version,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data14.medium !== undefined){
let data19 = data14.medium;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err37 = {instancePath:instancePath+"/request/medium",schemaPath:"#/definitions/Request/properties/medium/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.medium.type,parentSchema:schema58.properties.medium,data:data19};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 255 || isNaN(data19)){
const err38 = {instancePath:instancePath+"/request/medium",schemaPath:"#/definitions/Request/properties/medium/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema58.properties.medium,data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data19 < 0 || isNaN(data19)){
const err39 = {instancePath:instancePath+"/request/medium",schemaPath:"#/definitions/Request/properties/medium/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.medium,data:data19};
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
if(data14.hex !== undefined){
let data20 = data14.hex;
if(Array.isArray(data20)){
if(data20.length > 16){
const err40 = {instancePath:instancePath+"/request/hex",schemaPath:"#/definitions/Request/properties/hex/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema58.properties.hex,data:data20};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data20.length < 1){
const err41 = {instancePath:instancePath+"/request/hex",schemaPath:"#/definitions/Request/properties/hex/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema58.properties.hex,data:data20};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
const len1 = data20.length;
for(let i1=0; i1<len1; i1++){
let data21 = data20[i1];
if(typeof data21 === "string"){
if(!pattern39.test(data21)){
const err42 = {instancePath:instancePath+"/request/hex/" + i1,schemaPath:"#/definitions/Request/properties/hex/items/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{2})+$"},message:"must match pattern \""+"^([0-9A-Fa-f]{2})+$"+"\"",schema:"^([0-9A-Fa-f]{2})+$",parentSchema:schema58.properties.hex.items,data:data21};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/request/hex/" + i1,schemaPath:"#/definitions/Request/properties/hex/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.hex.items.type,parentSchema:schema58.properties.hex.items,data:data21};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/request/hex",schemaPath:"#/definitions/Request/properties/hex/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema58.properties.hex.type,parentSchema:schema58.properties.hex,data:data20};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data14.interval !== undefined){
let data22 = data14.interval;
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 86400 || isNaN(data22)){
const err45 = {instancePath:instancePath+"/request/interval",schemaPath:"#/definitions/Request/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema58.properties.interval,data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data22 < 1 || isNaN(data22)){
const err46 = {instancePath:instancePath+"/request/interval",schemaPath:"#/definitions/Request/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema58.properties.interval,data:data22};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/request/interval",schemaPath:"#/definitions/Request/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema58.properties.interval.type,parentSchema:schema58.properties.interval,data:data22};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/request",schemaPath:"#/definitions/Request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.type,parentSchema:schema58,data:data14};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.idle !== undefined){
let data23 = data.idle;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err49 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema56.properties.idle.type,parentSchema:schema56.properties.idle,data:data23};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 60000 || isNaN(data23)){
const err50 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000",schema:60000,parentSchema:schema56.properties.idle,data:data23};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data23 < 10 || isNaN(data23)){
const err51 = {instancePath:instancePath+"/idle",schemaPath:"#/properties/idle/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema56.properties.idle,data:data23};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
if(data.silence !== undefined){
let data24 = data.silence;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err52 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema56.properties.silence.type,parentSchema:schema56.properties.silence,data:data24};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 86400 || isNaN(data24)){
const err53 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema56.properties.silence,data:data24};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data24 < 1 || isNaN(data24)){
const err54 = {instancePath:instancePath+"/silence",schemaPath:"#/properties/silence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema56.properties.silence,data:data24};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
if(data.topic !== undefined){
let data25 = data.topic;
const _errs52 = errors;
let valid9 = false;
const _errs53 = errors;
if(typeof data25 !== "string"){
const err55 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.topic.anyOf[0].type,parentSchema:schema56.properties.topic.anyOf[0],data:data25};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
var _valid0 = _errs53 === errors;
valid9 = valid9 || _valid0;
if(!valid9){
const _errs55 = errors;
if(Array.isArray(data25)){
if(data25.length > 32){
const err56 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema56.properties.topic.anyOf[1],data:data25};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data25.length < 1){
const err57 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema56.properties.topic.anyOf[1],data:data25};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
const len2 = data25.length;
for(let i2=0; i2<len2; i2++){
let data26 = data25[i2];
if(typeof data26 !== "string"){
const err58 = {instancePath:instancePath+"/topic/" + i2,schemaPath:"#/properties/topic/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.topic.anyOf[1].items.type,parentSchema:schema56.properties.topic.anyOf[1].items,data:data26};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
else {
const err59 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema56.properties.topic.anyOf[1].type,parentSchema:schema56.properties.topic.anyOf[1],data:data25};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
var _valid0 = _errs55 === errors;
valid9 = valid9 || _valid0;
}
if(!valid9){
const err60 = {instancePath:instancePath+"/topic",schemaPath:"#/properties/topic/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema56.properties.topic.anyOf,parentSchema:schema56.properties.topic,data:data25};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
else {
errors = _errs52;
if(vErrors !== null){
if(_errs52){
vErrors.length = _errs52;
}
else {
vErrors = null;
}
}
}
}
if(data.merge !== undefined){
let data27 = data.merge;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key3 in data27){
if(!(((key3 === "by") || (key3 === "window")) || (key3 === "until"))){
const err61 = {instancePath:instancePath+"/merge",schemaPath:"#/definitions/Merge/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema59,data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data27.by !== undefined){
let data28 = data27.by;
if(typeof data28 === "string"){
if(!pattern40.test(data28)){
const err62 = {instancePath:instancePath+"/merge/by",schemaPath:"#/definitions/Merge/properties/by/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"},message:"must match pattern \""+"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"+"\"",schema:"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$",parentSchema:schema59.properties.by,data:data28};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/merge/by",schemaPath:"#/definitions/Merge/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.by.type,parentSchema:schema59.properties.by,data:data28};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data27.window !== undefined){
let data29 = data27.window;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err64 = {instancePath:instancePath+"/merge/window",schemaPath:"#/definitions/Merge/properties/window/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema59.properties.window.type,parentSchema:schema59.properties.window,data:data29};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 600000 || isNaN(data29)){
const err65 = {instancePath:instancePath+"/merge/window",schemaPath:"#/definitions/Merge/properties/window/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema59.properties.window,data:data29};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data29 < 10 || isNaN(data29)){
const err66 = {instancePath:instancePath+"/merge/window",schemaPath:"#/definitions/Merge/properties/window/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema59.properties.window,data:data29};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
if(data27.until !== undefined){
let data30 = data27.until;
if(typeof data30 !== "string"){
const err67 = {instancePath:instancePath+"/merge/until",schemaPath:"#/definitions/Merge/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.until.type,parentSchema:schema59.properties.until,data:data30};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/merge",schemaPath:"#/definitions/Merge/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data:data27};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.identity !== undefined){
let data31 = data.identity;
if(typeof data31 !== "string"){
const err69 = {instancePath:instancePath+"/identity",schemaPath:"#/properties/identity/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.identity.type,parentSchema:schema56.properties.identity,data:data31};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data.levels !== undefined){
let data32 = data.levels;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key4 in data32){
let data33 = data32[key4];
if(typeof data33 !== "string"){
const err70 = {instancePath:instancePath+"/levels/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/levels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.levels.additionalProperties.type,parentSchema:schema56.properties.levels.additionalProperties,data:data33};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/levels",schemaPath:"#/properties/levels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.properties.levels.type,parentSchema:schema56.properties.levels,data:data32};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.payload !== undefined){
let data34 = data.payload;
if(!(((data34 === "json") || (data34 === "bytes")) || (data34 === "hex"))){
const err72 = {instancePath:instancePath+"/payload",schemaPath:"#/properties/payload/enum",keyword:"enum",params:{allowedValues: schema56.properties.payload.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.payload.enum,parentSchema:schema56.properties.payload,data:data34};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data.speed !== undefined){
let data35 = data.speed;
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 < 0 || isNaN(data35)){
const err73 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema56.properties.speed,data:data35};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema56.properties.speed.type,parentSchema:schema56.properties.speed,data:data35};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.loop !== undefined){
let data36 = data.loop;
if(typeof data36 !== "boolean"){
const err75 = {instancePath:instancePath+"/loop",schemaPath:"#/properties/loop/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema56.properties.loop.type,parentSchema:schema56.properties.loop,data:data36};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data.pause !== undefined){
let data37 = data.pause;
if(!(((typeof data37 == "number") && (!(data37 % 1) && !isNaN(data37))) && (isFinite(data37)))){
const err76 = {instancePath:instancePath+"/pause",schemaPath:"#/properties/pause/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema56.properties.pause.type,parentSchema:schema56.properties.pause,data:data37};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if((typeof data37 == "number") && (isFinite(data37))){
if(data37 < 0 || isNaN(data37)){
const err77 = {instancePath:instancePath+"/pause",schemaPath:"#/properties/pause/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema56.properties.pause,data:data37};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
if(data.clock !== undefined){
let data38 = data.clock;
if(!((data38 === "recorded") || (data38 === "now"))){
const err78 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/enum",keyword:"enum",params:{allowedValues: schema56.properties.clock.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.clock.enum,parentSchema:schema56.properties.clock,data:data38};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.type,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}


function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/profile.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema55.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema55,data};
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
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.$schema.type,parentSchema:schema55.properties.$schema,data:data0};
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
if(!pattern19.test(data1)){
const err2 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema55.properties.profile,data:data1};
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
const err3 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.profile.type,parentSchema:schema55.properties.profile,data:data1};
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
if(!pattern20.test(data2)){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema55.properties.version,data:data2};
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
const err5 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.version.type,parentSchema:schema55.properties.version,data:data2};
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
const err6 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.title.type,parentSchema:schema55.properties.title,data:data3};
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
const err7 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.description.type,parentSchema:schema55.properties.description,data:data4};
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
const err8 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.extends.type,parentSchema:schema55.properties.extends,data:data5};
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
if(!(func2.call(schema55.properties.meter.properties, key1))){
const err9 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema55.properties.meter,data:data6};
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
const err10 = {instancePath:instancePath+"/meter/operator",schemaPath:"#/properties/meter/properties/operator/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.operator.type,parentSchema:schema55.properties.meter.properties.operator,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.operators !== undefined){
let data8 = data6.operators;
if(Array.isArray(data8)){
if(data8.length > 32){
const err11 = {instancePath:instancePath+"/meter/operators",schemaPath:"#/properties/meter/properties/operators/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema55.properties.meter.properties.operators,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(typeof data9 !== "string"){
const err12 = {instancePath:instancePath+"/meter/operators/" + i0,schemaPath:"#/properties/meter/properties/operators/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.operators.items.type,parentSchema:schema55.properties.meter.properties.operators.items,data:data9};
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
const err13 = {instancePath:instancePath+"/meter/operators",schemaPath:"#/properties/meter/properties/operators/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema55.properties.meter.properties.operators.type,parentSchema:schema55.properties.meter.properties.operators,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data6.manufacturer !== undefined){
let data10 = data6.manufacturer;
if(typeof data10 !== "string"){
const err14 = {instancePath:instancePath+"/meter/manufacturer",schemaPath:"#/properties/meter/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.manufacturer.type,parentSchema:schema55.properties.meter.properties.manufacturer,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.model !== undefined){
let data11 = data6.model;
if(typeof data11 !== "string"){
const err15 = {instancePath:instancePath+"/meter/model",schemaPath:"#/properties/meter/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.model.type,parentSchema:schema55.properties.meter.properties.model,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data6.adapter !== undefined){
let data12 = data6.adapter;
if(typeof data12 !== "string"){
const err16 = {instancePath:instancePath+"/meter/adapter",schemaPath:"#/properties/meter/properties/adapter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.adapter.type,parentSchema:schema55.properties.meter.properties.adapter,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.interface !== undefined){
let data13 = data6.interface;
if(typeof data13 !== "string"){
const err17 = {instancePath:instancePath+"/meter/interface",schemaPath:"#/properties/meter/properties/interface/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.interface.type,parentSchema:schema55.properties.meter.properties.interface,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data6.port !== undefined){
let data14 = data6.port;
if(!(((((((((data14 === "p1-rj12") || (data14 === "mbus-rj12")) || (data14 === "mbus-terminals")) || (data14 === "han-rj45")) || (data14 === "han-module")) || (data14 === "optical")) || (data14 === "rs485")) || (data14 === "adapter")) || (data14 === "other"))){
const err18 = {instancePath:instancePath+"/meter/port",schemaPath:"#/properties/meter/properties/port/enum",keyword:"enum",params:{allowedValues: schema55.properties.meter.properties.port.enum},message:"must be equal to one of the allowed values",schema:schema55.properties.meter.properties.port.enum,parentSchema:schema55.properties.meter.properties.port,data:data14};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.country !== undefined){
let data15 = data6.country;
if(typeof data15 === "string"){
if(!pattern32.test(data15)){
const err19 = {instancePath:instancePath+"/meter/country",schemaPath:"#/properties/meter/properties/country/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2}$"},message:"must match pattern \""+"^[A-Z]{2}$"+"\"",schema:"^[A-Z]{2}$",parentSchema:schema55.properties.meter.properties.country,data:data15};
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
const err20 = {instancePath:instancePath+"/meter/country",schemaPath:"#/properties/meter/properties/country/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.country.type,parentSchema:schema55.properties.meter.properties.country,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.timezone !== undefined){
let data16 = data6.timezone;
if(typeof data16 !== "string"){
const err21 = {instancePath:instancePath+"/meter/timezone",schemaPath:"#/properties/meter/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.timezone.type,parentSchema:schema55.properties.meter.properties.timezone,data:data16};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data6.tariffs !== undefined){
let data17 = data6.tariffs;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key2 in data17){
const _errs38 = errors;
if(typeof key2 === "string"){
if(!pattern33.test(key2)){
const err22 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d?$"+"\"",schema:"^[1-9]\\d?$",parentSchema:schema55.properties.meter.properties.tariffs.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var valid4 = _errs38 === errors;
if(!valid4){
const err23 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema55.properties.meter.properties.tariffs.propertyNames,parentSchema:schema55.properties.meter.properties.tariffs,data:data17};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
for(const key3 in data17){
let data18 = data17[key3];
if(typeof data18 !== "string"){
const err24 = {instancePath:instancePath+"/meter/tariffs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/meter/properties/tariffs/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.meter.properties.tariffs.additionalProperties.type,parentSchema:schema55.properties.meter.properties.tariffs.additionalProperties,data:data18};
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
const err25 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"#/properties/meter/properties/tariffs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.properties.meter.properties.tariffs.type,parentSchema:schema55.properties.meter.properties.tariffs,data:data17};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/meter",schemaPath:"#/properties/meter/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.properties.meter.type,parentSchema:schema55.properties.meter,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.interval !== undefined){
let data19 = data.interval;
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 86400 || isNaN(data19)){
const err27 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema55.properties.interval,data:data19};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data19 <= 0 || isNaN(data19)){
const err28 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema55.properties.interval,data:data19};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema55.properties.interval.type,parentSchema:schema55.properties.interval,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.transport !== undefined){
if(!(validate40(data.transport, {instancePath:instancePath+"/transport",parentData:data,parentDataProperty:"transport",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.decoder !== undefined){
let data21 = data.decoder;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key4 in data21){
if(!(func2.call(schema60.properties, key4))){
const err30 = {instancePath:instancePath+"/decoder",schemaPath:"#/definitions/Decoder/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema60,data:data21};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data21.link !== undefined){
let data22 = data21.link;
if(!((((((((data22 === "hdlc") || (data22 === "mbus")) || (data22 === "sml")) || (data22 === "p1")) || (data22 === "iec62056-21")) || (data22 === "llc")) || (data22 === "raw")) || (data22 === "auto"))){
const err31 = {instancePath:instancePath+"/decoder/link",schemaPath:"#/definitions/Decoder/properties/link/enum",keyword:"enum",params:{allowedValues: schema60.properties.link.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.link.enum,parentSchema:schema60.properties.link,data:data22};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data21.application !== undefined){
let data23 = data21.application;
if(!(((((((data23 === "dlms") || (data23 === "p1")) || (data23 === "mbus")) || (data23 === "sml")) || (data23 === "iec62056-21")) || (data23 === "json")) || (data23 === "value"))){
const err32 = {instancePath:instancePath+"/decoder/application",schemaPath:"#/definitions/Decoder/properties/application/enum",keyword:"enum",params:{allowedValues: schema60.properties.application.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.application.enum,parentSchema:schema60.properties.application,data:data23};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data21.registers !== undefined){
let data24 = data21.registers;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key5 in data24){
let data25 = data24[key5];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key6 in data25){
if(!((((key6 === "scaler") || (key6 === "unit")) || (key6 === "negate")) || (key6 === "override"))){
const err33 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema60.properties.registers.additionalProperties,data:data25};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data25.scaler !== undefined){
let data26 = data25.scaler;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
const err34 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/scaler/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.registers.additionalProperties.properties.scaler.type,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data26};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 12 || isNaN(data26)){
const err35 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/scaler/maximum",keyword:"maximum",params:{comparison: "<=", limit: 12},message:"must be <= 12",schema:12,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data26};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data26 < -12 || isNaN(data26)){
const err36 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/scaler/minimum",keyword:"minimum",params:{comparison: ">=", limit: -12},message:"must be >= -12",schema:-12,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data26};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data25.unit !== undefined){
let data27 = data25.unit;
if(typeof data27 !== "string"){
const err37 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.registers.additionalProperties.properties.unit.type,parentSchema:schema60.properties.registers.additionalProperties.properties.unit,data:data27};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data25.negate !== undefined){
let data28 = data25.negate;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.status === undefined){
const err38 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'",schema:schema60.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data28};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data28.bit === undefined){
const err39 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "bit"},message:"must have required property '"+"bit"+"'",schema:schema60.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data28};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key7 in data28){
if(!((key7 === "status") || (key7 === "bit"))){
const err40 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data28};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data28.status !== undefined){
let data29 = data28.status;
if(typeof data29 !== "string"){
const err41 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/status",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.registers.additionalProperties.properties.negate.properties.status.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.status,data:data29};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data28.bit !== undefined){
let data30 = data28.bit;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
const err42 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/properties/bit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data30};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 > 63 || isNaN(data30)){
const err43 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/properties/bit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},message:"must be <= 63",schema:63,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data30};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data30 < 0 || isNaN(data30)){
const err44 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/properties/bit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data30};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
}
else {
const err45 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/negate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.additionalProperties.properties.negate.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data28};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data25.override !== undefined){
let data31 = data25.override;
if(typeof data31 !== "boolean"){
const err46 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/override",schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/properties/override/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema60.properties.registers.additionalProperties.properties.override.type,parentSchema:schema60.properties.registers.additionalProperties.properties.override,data:data31};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/decoder/registers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/registers/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.additionalProperties.type,parentSchema:schema60.properties.registers.additionalProperties,data:data25};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/decoder/registers",schemaPath:"#/definitions/Decoder/properties/registers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.type,parentSchema:schema60.properties.registers,data:data24};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data21.sequence !== undefined){
let data32 = data21.sequence;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key8 in data32){
const _errs72 = errors;
if(typeof key8 === "string"){
if(!pattern41.test(key8)){
const err49 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"#/definitions/Decoder/properties/sequence/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,3}( \\S.{0,39})?$"},message:"must match pattern \""+"^[1-9]\\d{0,3}( \\S.{0,39})?$"+"\"",schema:"^[1-9]\\d{0,3}( \\S.{0,39})?$",parentSchema:schema60.properties.sequence.propertyNames,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
var valid11 = _errs72 === errors;
if(!valid11){
const err50 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"#/definitions/Decoder/properties/sequence/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema60.properties.sequence.propertyNames,parentSchema:schema60.properties.sequence,data:data32};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
for(const key9 in data32){
let data33 = data32[key9];
if(Array.isArray(data33)){
const len1 = data33.length;
for(let i1=0; i1<len1; i1++){
let data34 = data33[i1];
if((typeof data34 !== "string") && (data34 !== null)){
const err51 = {instancePath:instancePath+"/decoder/sequence/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/definitions/Decoder/properties/sequence/additionalProperties/items/type",keyword:"type",params:{type: schema60.properties.sequence.additionalProperties.items.type},message:"must be string,null",schema:schema60.properties.sequence.additionalProperties.items.type,parentSchema:schema60.properties.sequence.additionalProperties.items,data:data34};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/decoder/sequence/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/sequence/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.sequence.additionalProperties.type,parentSchema:schema60.properties.sequence.additionalProperties,data:data33};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"#/definitions/Decoder/properties/sequence/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.sequence.type,parentSchema:schema60.properties.sequence,data:data32};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data21.channel !== undefined){
let data35 = data21.channel;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key10 in data35){
let data36 = data35[key10];
if(!(((typeof data36 == "number") && (!(data36 % 1) && !isNaN(data36))) && (isFinite(data36)))){
const err54 = {instancePath:instancePath+"/decoder/channel/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/channel/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.channel.additionalProperties.type,parentSchema:schema60.properties.channel.additionalProperties,data:data36};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 > 255 || isNaN(data36)){
const err55 = {instancePath:instancePath+"/decoder/channel/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/channel/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema60.properties.channel.additionalProperties,data:data36};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data36 < 0 || isNaN(data36)){
const err56 = {instancePath:instancePath+"/decoder/channel/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Decoder/properties/channel/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema60.properties.channel.additionalProperties,data:data36};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
}
else {
const err57 = {instancePath:instancePath+"/decoder/channel",schemaPath:"#/definitions/Decoder/properties/channel/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.channel.type,parentSchema:schema60.properties.channel,data:data35};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data21.blockCheck !== undefined){
let data37 = data21.blockCheck;
if(!((data37 === "required") || (data37 === "optional"))){
const err58 = {instancePath:instancePath+"/decoder/blockCheck",schemaPath:"#/definitions/Decoder/properties/blockCheck/enum",keyword:"enum",params:{allowedValues: schema60.properties.blockCheck.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.blockCheck.enum,parentSchema:schema60.properties.blockCheck,data:data37};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data21.authenticationData !== undefined){
let data38 = data21.authenticationData;
if(typeof data38 === "string"){
if(!pattern0.test(data38)){
const err59 = {instancePath:instancePath+"/decoder/authenticationData",schemaPath:"#/definitions/Decoder/properties/authenticationData/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema60.properties.authenticationData,data:data38};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/decoder/authenticationData",schemaPath:"#/definitions/Decoder/properties/authenticationData/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.authenticationData.type,parentSchema:schema60.properties.authenticationData,data:data38};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data21.systemTitle !== undefined){
let data39 = data21.systemTitle;
if(typeof data39 === "string"){
if(!pattern43.test(data39)){
const err61 = {instancePath:instancePath+"/decoder/systemTitle",schemaPath:"#/definitions/Decoder/properties/systemTitle/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{16}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{16}$"+"\"",schema:"^[0-9A-Fa-f]{16}$",parentSchema:schema60.properties.systemTitle,data:data39};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/decoder/systemTitle",schemaPath:"#/definitions/Decoder/properties/systemTitle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.systemTitle.type,parentSchema:schema60.properties.systemTitle,data:data39};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data21.authentication !== undefined){
let data40 = data21.authentication;
if(!((data40 === "required") || (data40 === "optional"))){
const err63 = {instancePath:instancePath+"/decoder/authentication",schemaPath:"#/definitions/Decoder/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema60.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.authentication.enum,parentSchema:schema60.properties.authentication,data:data40};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data21.ignore !== undefined){
let data41 = data21.ignore;
if(Array.isArray(data41)){
const len2 = data41.length;
for(let i2=0; i2<len2; i2++){
let data42 = data41[i2];
if(typeof data42 !== "string"){
const err64 = {instancePath:instancePath+"/decoder/ignore/" + i2,schemaPath:"#/definitions/Decoder/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.ignore.items.type,parentSchema:schema60.properties.ignore.items,data:data42};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
else {
const err65 = {instancePath:instancePath+"/decoder/ignore",schemaPath:"#/definitions/Decoder/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.ignore.type,parentSchema:schema60.properties.ignore,data:data41};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data21.object !== undefined){
let data43 = data21.object;
if(typeof data43 === "string"){
if(func4(data43) < 1){
const err66 = {instancePath:instancePath+"/decoder/object",schemaPath:"#/definitions/Decoder/properties/object/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60.properties.object,data:data43};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/decoder/object",schemaPath:"#/definitions/Decoder/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.object.type,parentSchema:schema60.properties.object,data:data43};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/decoder",schemaPath:"#/definitions/Decoder/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data:data21};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.transform !== undefined){
let data44 = data.transform;
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
if(Object.keys(data44).length > 400){
const err69 = {instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/maxProperties",keyword:"maxProperties",params:{limit: 400},message:"must NOT have more than 400 properties",schema:400,parentSchema:schema55.properties.transform,data:data44};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
for(const key11 in data44){
let data45 = data44[key11];
if(typeof data45 === "string"){
if(func4(data45) > 4096){
const err70 = {instancePath:instancePath+"/transform/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transform/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema55.properties.transform.additionalProperties,data:data45};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/transform/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transform/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.transform.additionalProperties.type,parentSchema:schema55.properties.transform.additionalProperties,data:data45};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.properties.transform.type,parentSchema:schema55.properties.transform,data:data44};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data.extra !== undefined){
let data46 = data.extra;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if(Object.keys(data46).length > 200){
const err73 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties",schema:200,parentSchema:schema55.properties.extra,data:data46};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
for(const key12 in data46){
const _errs102 = errors;
if(typeof key12 === "string"){
if(!pattern44.test(key12)){
const err74 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_]*$"+"\"",schema:"^[a-z][a-z0-9_]*$",parentSchema:schema55.properties.extra.propertyNames,data:key12,propertyName:key12};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
var valid19 = _errs102 === errors;
if(!valid19){
const err75 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/propertyNames",keyword:"propertyNames",params:{propertyName: key12},message:"property name must be valid",schema:schema55.properties.extra.propertyNames,parentSchema:schema55.properties.extra,data:data46};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
for(const key13 in data46){
let data47 = data46[key13];
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key14 in data47){
if(!((((key14 === "unit") || (key14 === "class")) || (key14 === "label")) || (key14 === "obis"))){
const err76 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/ExtraField/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties",schema:false,parentSchema:schema61,data:data47};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data47.unit !== undefined){
let data48 = data47.unit;
if(typeof data48 !== "string"){
const err77 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/definitions/ExtraField/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.unit.type,parentSchema:schema61.properties.unit,data:data48};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data47.class !== undefined){
let data49 = data47.class;
if(!(((((((((((((((((data49 === "power") || (data49 === "energy")) || (data49 === "reactive_power")) || (data49 === "reactive_energy")) || (data49 === "apparent_power")) || (data49 === "voltage")) || (data49 === "current")) || (data49 === "frequency")) || (data49 === "power_factor")) || (data49 === "volume")) || (data49 === "volume_flow_rate")) || (data49 === "temperature")) || (data49 === "duration")) || (data49 === "count")) || (data49 === "number")) || (data49 === "text")) || (data49 === "time"))){
const err78 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/class",schemaPath:"#/definitions/ExtraField/properties/class/enum",keyword:"enum",params:{allowedValues: schema61.properties.class.enum},message:"must be equal to one of the allowed values",schema:schema61.properties.class.enum,parentSchema:schema61.properties.class,data:data49};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data47.label !== undefined){
let data50 = data47.label;
if(typeof data50 !== "string"){
const err79 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/label",schemaPath:"#/definitions/ExtraField/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.label.type,parentSchema:schema61.properties.label,data:data50};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data47.obis !== undefined){
let data51 = data47.obis;
if(typeof data51 !== "string"){
const err80 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/obis",schemaPath:"#/definitions/ExtraField/properties/obis/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.obis.type,parentSchema:schema61.properties.obis,data:data51};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
else {
const err81 = {instancePath:instancePath+"/extra/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/ExtraField/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.type,parentSchema:schema61,data:data47};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/extra",schemaPath:"#/properties/extra/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.properties.extra.type,parentSchema:schema55.properties.extra,data:data46};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data.expect !== undefined){
let data52 = data.expect;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if(Object.keys(data52).length > 100){
const err83 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema55.properties.expect,data:data52};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
for(const key15 in data52){
let data53 = data52[key15];
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
for(const key16 in data53){
if(!((((((((key16 === "min") || (key16 === "max")) || (key16 === "orZero")) || (key16 === "rising")) || (key16 === "maxPower")) || (key16 === "maxFlow")) || (key16 === "confirm")) || (key16 === "drift"))){
const err84 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expectation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data:data53};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data53.min !== undefined){
let data54 = data53.min;
if(!((typeof data54 == "number") && (isFinite(data54)))){
const err85 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/definitions/Expectation/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.min.type,parentSchema:schema62.properties.min,data:data54};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data53.max !== undefined){
let data55 = data53.max;
if(!((typeof data55 == "number") && (isFinite(data55)))){
const err86 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/definitions/Expectation/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.max.type,parentSchema:schema62.properties.max,data:data55};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data53.orZero !== undefined){
let data56 = data53.orZero;
if(typeof data56 !== "boolean"){
const err87 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/orZero",schemaPath:"#/definitions/Expectation/properties/orZero/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema62.properties.orZero.type,parentSchema:schema62.properties.orZero,data:data56};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data53.rising !== undefined){
let data57 = data53.rising;
if(typeof data57 !== "boolean"){
const err88 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/rising",schemaPath:"#/definitions/Expectation/properties/rising/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema62.properties.rising.type,parentSchema:schema62.properties.rising,data:data57};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data53.maxPower !== undefined){
let data58 = data53.maxPower;
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 <= 0 || isNaN(data58)){
const err89 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxPower",schemaPath:"#/definitions/Expectation/properties/maxPower/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.maxPower,data:data58};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
else {
const err90 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxPower",schemaPath:"#/definitions/Expectation/properties/maxPower/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.maxPower.type,parentSchema:schema62.properties.maxPower,data:data58};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data53.maxFlow !== undefined){
let data59 = data53.maxFlow;
if((typeof data59 == "number") && (isFinite(data59))){
if(data59 <= 0 || isNaN(data59)){
const err91 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxFlow",schemaPath:"#/definitions/Expectation/properties/maxFlow/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.maxFlow,data:data59};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxFlow",schemaPath:"#/definitions/Expectation/properties/maxFlow/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.maxFlow.type,parentSchema:schema62.properties.maxFlow,data:data59};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data53.confirm !== undefined){
let data60 = data53.confirm;
if(typeof data60 === "string"){
if(!pattern45.test(data60)){
const err93 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/confirm",schemaPath:"#/definitions/Expectation/properties/confirm/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d? of [1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d? of [1-9]\\d?$"+"\"",schema:"^[1-9]\\d? of [1-9]\\d?$",parentSchema:schema62.properties.confirm,data:data60};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/confirm",schemaPath:"#/definitions/Expectation/properties/confirm/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.confirm.type,parentSchema:schema62.properties.confirm,data:data60};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data53.drift !== undefined){
let data61 = data53.drift;
if((typeof data61 == "number") && (isFinite(data61))){
if(data61 <= 0 || isNaN(data61)){
const err95 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/drift",schemaPath:"#/definitions/Expectation/properties/drift/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.drift,data:data61};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1")+"/drift",schemaPath:"#/definitions/Expectation/properties/drift/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.drift.type,parentSchema:schema62.properties.drift,data:data61};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/expect/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expectation/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data:data53};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.properties.expect.type,parentSchema:schema55.properties.expect,data:data52};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.samples !== undefined){
let data62 = data.samples;
if(Array.isArray(data62)){
if(data62.length > 32){
const err99 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema55.properties.samples,data:data62};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
const len3 = data62.length;
for(let i3=0; i3<len3; i3++){
let data63 = data62[i3];
if(typeof data63 !== "string"){
const err100 = {instancePath:instancePath+"/samples/" + i3,schemaPath:"#/properties/samples/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema55.properties.samples.items.type,parentSchema:schema55.properties.samples.items,data:data63};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
else {
const err101 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema55.properties.samples.type,parentSchema:schema55.properties.samples,data:data62};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
else {
const err102 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.type,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}


const schema63 = {"$id":"https://cii2mqtt.org/schema/meters.schema.json","type":"object","additionalProperties":false,"required":["meters"],"properties":{"$schema":{"$ref":"https://cii2mqtt.org/schema/config.schema.json#/properties/$schema"},"meters":{"$ref":"https://cii2mqtt.org/schema/config.schema.json#/properties/meters"}}};
const schema64 = {"type":"string","description":"Path of this schema, for editors."};
const schema65 = {"type":"array","items":{"$ref":"#/definitions/Meter"},"description":"The meters to read."};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate18(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema65.type,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/meters.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.meters === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "meters"},message:"must have required property '"+"meters"+"'",schema:schema63.required,parentSchema:schema63,data};
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
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema63,data};
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
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"https://cii2mqtt.org/schema/config.schema.json#/properties/$schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.type,parentSchema:schema64,data:data0};
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
if(!(validate43(data.meters, {instancePath:instancePath+"/meters",parentData:data,parentDataProperty:"meters",rootData}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate42.errors = vErrors;
return errors === 0;
}


const schema66 = {"$id":"https://cii2mqtt.org/schema/equipped.schema.json","type":"object","additionalProperties":false,"definitions":{"ExtraField":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/ExtraField"},"Expectation":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Expectation"},"Transport":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Transport"},"Merge":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Merge"},"Request":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Request"},"SignOn":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/SignOn"},"Decoder":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/definitions/Decoder"}},"properties":{"$schema":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/$schema"},"profile":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/profile"},"version":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/version"},"title":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/title"},"description":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/description"},"extends":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/extends"},"meter":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter"},"interval":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/interval"},"transport":{"title":"Transport","type":"object","additionalProperties":false,"description":"How bytes or messages come. The host, device or file stands in the config, never in a profile. A `kind` other than the parent's replaces the whole section; from serial to tcp, how the meter is asked (`request`, `signOn`) stays.","properties":{"path":{"type":["string","null"],"description":"serial: the device, /dev/ttyUSB0; capture: the file, relative to the config.","examples":["/dev/ttyUSB0"]},"host":{"type":["string","null"],"description":"tcp: name or address of the bridge (ser2net, Wi-Fi reader).","examples":["192.168.1.50"]},"port":{"type":["integer","null"],"minimum":1,"maximum":65535,"description":"tcp: port.","examples":[3333]},"url":{"type":["string","null"],"pattern":"^(mqtts?|wss?)://","description":"mqtt: a broker of its own for these messages; the config's broker by default.","examples":["mqtt://broker:1883"]},"kind":{"enum":["serial","tcp","mqtt","capture"],"description":"The kind of input."},"line":{"type":"string","pattern":"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$","description":"serial: baudRate, dataBits, parity and stopBits in one: 2400 8E1.","examples":["2400 8E1","115200 8N1"]},"baudRate":{"type":"integer","minimum":300,"maximum":4000000,"description":"serial: bits per second.","examples":[2400,9600,115200],"default":9600},"dataBits":{"enum":[7,8],"description":"serial: data bits.","default":8},"parity":{"enum":["none","even","odd"],"description":"serial: parity.","default":"none"},"stopBits":{"enum":[1,2],"description":"serial: stop bits.","default":1},"rtscts":{"type":"boolean","description":"serial: RTS/CTS handshake; some P1 cables power the data request by RTS.","default":false},"signOn":{"$ref":"#/definitions/SignOn"},"request":{"$ref":"#/definitions/Request"},"idle":{"type":"integer","minimum":10,"maximum":60000,"description":"Milliseconds of silence after which a begun frame is given up (and, without a link layer, an APDU is complete). 1000 by default.","default":1000},"silence":{"type":"integer","minimum":1,"maximum":86400,"description":"tcp: seconds without a byte after which the connection is opened again. Three times the profile's interval, at least 30, by default.","examples":[60]},"topic":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":32}],"description":"mqtt: what to subscribe to, one topic or a list; +name is a level that expressions see as topic.name, a last # any rest.","examples":["tele/+device/SENSOR",["dsmr/reading/+name","dsmr/consumption/gas/+name"]]},"merge":{"$ref":"#/definitions/Merge"},"identity":{"type":"string","description":"mqtt: the named level that tells meters apart. Pinned by `levels`, else bound to the first value seen; others are refused.","examples":["device"]},"levels":{"type":"object","additionalProperties":{"type":"string"},"description":"mqtt: fixed values of named levels.","examples":[{"device":"gPlug10"}]},"payload":{"enum":["json","bytes","hex"],"description":"mqtt: what a message holds: JSON or a plain value (as decoder.application says), or the bytes of a meter, as they are or as hex digits. json by default.","default":"json"},"speed":{"type":"number","minimum":0,"description":"capture: 1 is as recorded, 10 ten times faster, 0 without waiting. 1 by default.","default":1},"loop":{"type":"boolean","description":"capture: begin again at the end.","default":false},"pause":{"type":"integer","minimum":0,"description":"capture: milliseconds between the end and the next beginning. 5000 by default.","default":5000},"clock":{"enum":["recorded","now"],"description":"capture: `now` moves the meter's clock so that the first telegram is of now. `recorded` by default.","default":"recorded"}}},"decoder":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder"},"transform":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform"},"extra":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/extra"},"expect":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/expect"},"samples":{"$ref":"https://cii2mqtt.org/schema/profile.schema.json#/properties/samples"}}};
const schema67 = {"type":"string","description":"Path of this schema, for editors."};
const schema68 = {"type":"string","pattern":"^[a-z0-9-]+$","description":"The profile's name: the file's name without .json.","examples":["ekz-e450"]};
const schema69 = {"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+$","description":"Version of the profile (semver).","examples":["1.0.0"]};
const schema70 = {"type":"string","description":"One line for people: operator, meter, interface.","examples":["EKZ · Landis+Gyr E450 · wired M-Bus"]};
const schema71 = {"type":"string","description":"Remarks of the author for the next one."};
const schema72 = {"type":"string","description":"Name of one parent, or of a fragment under common/. Objects merge key by key, the later wins, null removes, arrays replace.","examples":["common/dlms-push","common/p1","common/lg-e450"]};
const schema73 = {"type":"object","additionalProperties":false,"description":"The meter that is read.","properties":{"operator":{"type":"string","description":"Grid operator.","examples":["EKZ"]},"operators":{"type":"array","items":{"type":"string"},"maxItems":32,"description":"Grid operators that are known to use this meter as the profile reads it.","examples":[["Regionalwerke Baden","EBL"]]},"manufacturer":{"type":"string","description":"Maker of the meter.","examples":["Landis+Gyr"]},"model":{"type":"string","description":"Model of the meter.","examples":["E450"]},"adapter":{"type":"string","description":"Device between meter and network, where there is one.","examples":["gPlug"]},"interface":{"type":"string","description":"The customer interface: IDIS CII on P1, DSMR P1, wired M-Bus …","examples":["DSMR P1 (RJ12)"]},"port":{"enum":["p1-rj12","mbus-rj12","mbus-terminals","han-rj45","han-module","optical","rs485","adapter","other"],"description":"The socket that the meter is read at: P1 or wired M-Bus on RJ12, terminals of wired M-Bus, the HAN port on RJ45, a slot for a module, an optical head, RS-485, an adapter that publishes by MQTT."},"country":{"type":"string","pattern":"^[A-Z]{2}$","description":"ISO 3166 code.","examples":["CH"]},"timezone":{"type":"string","description":"IANA name of the zone that the meter's local time is in.","examples":["Europe/Zurich"]},"tariffs":{"type":"object","description":"What each tariff is, by its number: high, low, or the operator's own word. `info` and the outputs have it beside `tariff_index`.","propertyNames":{"pattern":"^[1-9]\\d?$"},"additionalProperties":{"type":"string"},"examples":[{"1":"low","2":"high"}]}}};
const schema74 = {"type":"number","exclusiveMinimum":0,"maximum":86400,"description":"Seconds between two telegrams. Three times this without one, and the meter is offline.","examples":[5],"default":20};
const schema79 = {"type":"object","description":"Harmonized field → JSONata expression. `id` and `time` override what the decoder found; `extra.<name>` is free. `*` is a path to values by OBIS code (`obis`): each field that has a code and is not stated is taken from it.","additionalProperties":{"type":"string","maxLength":4096},"maxProperties":400,"examples":[{"*":"obis","power_import":"obis.`1.7.0` * 2","extra.phase_angle":"obis.`81.7.4`"}]};
const schema84 = {"type":"array","items":{"type":"string"},"maxItems":32,"description":"Folders under meters/, or below the profile's own folder, with X.capture.jsonl and X.expected.json. By default the folder of the profile's own name, else its parent's; [] for none.","examples":[["ekz-e450"]]};
const schema80 = {"type":"object","description":"Meaning of the fields `extra.<name>`, by name: unit, class, label and OBIS code, as `info` and the outputs give them.","propertyNames":{"pattern":"^[a-z][a-z0-9_]*$"},"additionalProperties":{"$ref":"#/definitions/ExtraField"},"maxProperties":200,"examples":[{"room_temperature":{"unit":"°C","label":"Room temperature"}}]};

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 200){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties",schema:200,parentSchema:schema80,data};
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
if(!pattern44.test(key0)){
const err1 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_]*$"+"\"",schema:"^[a-z][a-z0-9_]*$",parentSchema:schema80.propertyNames,data:key0,propertyName:key0};
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
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema80.propertyNames,parentSchema:schema80,data};
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
let data0 = data[key1];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key2 in data0){
if(!((((key2 === "unit") || (key2 === "class")) || (key2 === "label")) || (key2 === "obis"))){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/ExtraField/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema61,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.unit !== undefined){
let data1 = data0.unit;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/definitions/ExtraField/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.unit.type,parentSchema:schema61.properties.unit,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.class !== undefined){
let data2 = data0.class;
if(!(((((((((((((((((data2 === "power") || (data2 === "energy")) || (data2 === "reactive_power")) || (data2 === "reactive_energy")) || (data2 === "apparent_power")) || (data2 === "voltage")) || (data2 === "current")) || (data2 === "frequency")) || (data2 === "power_factor")) || (data2 === "volume")) || (data2 === "volume_flow_rate")) || (data2 === "temperature")) || (data2 === "duration")) || (data2 === "count")) || (data2 === "number")) || (data2 === "text")) || (data2 === "time"))){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/class",schemaPath:"#/definitions/ExtraField/properties/class/enum",keyword:"enum",params:{allowedValues: schema61.properties.class.enum},message:"must be equal to one of the allowed values",schema:schema61.properties.class.enum,parentSchema:schema61.properties.class,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.label !== undefined){
let data3 = data0.label;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/label",schemaPath:"#/definitions/ExtraField/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.label.type,parentSchema:schema61.properties.label,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data0.obis !== undefined){
let data4 = data0.obis;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/obis",schemaPath:"#/definitions/ExtraField/properties/obis/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.obis.type,parentSchema:schema61.properties.obis,data:data4};
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
const err8 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/ExtraField/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.type,parentSchema:schema61,data:data0};
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
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema80.type,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate47.errors = vErrors;
return errors === 0;
}

const schema82 = {"type":"object","description":"Plausible values, by field; `name*` for all that begin so, the longer name wins. Others are withheld and named in the reading's issues. A profile states what differs from the default, key by key; null removes.","additionalProperties":{"$ref":"#/definitions/Expectation"},"maxProperties":100,"default":{"voltage_*":{"min":50,"max":480,"orZero":true},"frequency":{"min":45,"max":65,"orZero":true},"power_factor*":{"min":-1,"max":1},"power_import*":{"max":10000000},"power_export*":{"max":10000000},"power_net*":{"min":-10000000,"max":10000000},"voltage_sags_*":{"min":0},"voltage_swells_*":{"min":0},"energy_*":{"rising":true,"maxPower":60720},"energy_import_interval":{"rising":false},"energy_export_interval":{"rising":false},"reactive_energy_*":{"rising":true,"maxPower":60720},"submeters.energy":{"rising":true,"maxPower":1000000},"submeters.volume":{"rising":true,"maxFlow":100},"time":{"drift":600}},"examples":[{"voltage_*":{"max":300},"power_import":{"max":17250},"frequency":null}]};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 100){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema82,data};
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
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((((((((key1 === "min") || (key1 === "max")) || (key1 === "orZero")) || (key1 === "rising")) || (key1 === "maxPower")) || (key1 === "maxFlow")) || (key1 === "confirm")) || (key1 === "drift"))){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expectation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.min !== undefined){
let data1 = data0.min;
if(!((typeof data1 == "number") && (isFinite(data1)))){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/definitions/Expectation/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.min.type,parentSchema:schema62.properties.min,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data0.max !== undefined){
let data2 = data0.max;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/definitions/Expectation/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.max.type,parentSchema:schema62.properties.max,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.orZero !== undefined){
let data3 = data0.orZero;
if(typeof data3 !== "boolean"){
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/orZero",schemaPath:"#/definitions/Expectation/properties/orZero/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema62.properties.orZero.type,parentSchema:schema62.properties.orZero,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.rising !== undefined){
let data4 = data0.rising;
if(typeof data4 !== "boolean"){
const err5 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/rising",schemaPath:"#/definitions/Expectation/properties/rising/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema62.properties.rising.type,parentSchema:schema62.properties.rising,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.maxPower !== undefined){
let data5 = data0.maxPower;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 <= 0 || isNaN(data5)){
const err6 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxPower",schemaPath:"#/definitions/Expectation/properties/maxPower/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.maxPower,data:data5};
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
const err7 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxPower",schemaPath:"#/definitions/Expectation/properties/maxPower/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.maxPower.type,parentSchema:schema62.properties.maxPower,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.maxFlow !== undefined){
let data6 = data0.maxFlow;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 <= 0 || isNaN(data6)){
const err8 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxFlow",schemaPath:"#/definitions/Expectation/properties/maxFlow/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.maxFlow,data:data6};
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
const err9 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/maxFlow",schemaPath:"#/definitions/Expectation/properties/maxFlow/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.maxFlow.type,parentSchema:schema62.properties.maxFlow,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data0.confirm !== undefined){
let data7 = data0.confirm;
if(typeof data7 === "string"){
if(!pattern45.test(data7)){
const err10 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/confirm",schemaPath:"#/definitions/Expectation/properties/confirm/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d? of [1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d? of [1-9]\\d?$"+"\"",schema:"^[1-9]\\d? of [1-9]\\d?$",parentSchema:schema62.properties.confirm,data:data7};
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
const err11 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/confirm",schemaPath:"#/definitions/Expectation/properties/confirm/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.confirm.type,parentSchema:schema62.properties.confirm,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data0.drift !== undefined){
let data8 = data0.drift;
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 <= 0 || isNaN(data8)){
const err12 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/drift",schemaPath:"#/definitions/Expectation/properties/drift/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema62.properties.drift,data:data8};
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
const err13 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/drift",schemaPath:"#/definitions/Expectation/properties/drift/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.drift.type,parentSchema:schema62.properties.drift,data:data8};
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
const err14 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Expectation/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data:data0};
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
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema82.type,parentSchema:schema82,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}


function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cii2mqtt.org/schema/equipped.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema66.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema66,data};
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
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/$schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema67.type,parentSchema:schema67,data:data0};
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
if(!pattern19.test(data1)){
const err2 = {instancePath:instancePath+"/profile",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/profile/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\"",schema:"^[a-z0-9-]+$",parentSchema:schema68,data:data1};
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
const err3 = {instancePath:instancePath+"/profile",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.type,parentSchema:schema68,data:data1};
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
if(!pattern20.test(data2)){
const err4 = {instancePath:instancePath+"/version",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+$"+"\"",schema:"^\\d+\\.\\d+\\.\\d+$",parentSchema:schema69,data:data2};
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
const err5 = {instancePath:instancePath+"/version",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.type,parentSchema:schema69,data:data2};
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
const err6 = {instancePath:instancePath+"/title",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data:data3};
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
const err7 = {instancePath:instancePath+"/description",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.type,parentSchema:schema71,data:data4};
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
const err8 = {instancePath:instancePath+"/extends",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema72.type,parentSchema:schema72,data:data5};
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
if(!(func2.call(schema73.properties, key1))){
const err9 = {instancePath:instancePath+"/meter",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema73,data:data6};
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
const err10 = {instancePath:instancePath+"/meter/operator",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/operator/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.operator.type,parentSchema:schema73.properties.operator,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.operators !== undefined){
let data8 = data6.operators;
if(Array.isArray(data8)){
if(data8.length > 32){
const err11 = {instancePath:instancePath+"/meter/operators",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/operators/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema73.properties.operators,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(typeof data9 !== "string"){
const err12 = {instancePath:instancePath+"/meter/operators/" + i0,schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/operators/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.operators.items.type,parentSchema:schema73.properties.operators.items,data:data9};
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
const err13 = {instancePath:instancePath+"/meter/operators",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/operators/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.operators.type,parentSchema:schema73.properties.operators,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data6.manufacturer !== undefined){
let data10 = data6.manufacturer;
if(typeof data10 !== "string"){
const err14 = {instancePath:instancePath+"/meter/manufacturer",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.manufacturer.type,parentSchema:schema73.properties.manufacturer,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.model !== undefined){
let data11 = data6.model;
if(typeof data11 !== "string"){
const err15 = {instancePath:instancePath+"/meter/model",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.model.type,parentSchema:schema73.properties.model,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data6.adapter !== undefined){
let data12 = data6.adapter;
if(typeof data12 !== "string"){
const err16 = {instancePath:instancePath+"/meter/adapter",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/adapter/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.adapter.type,parentSchema:schema73.properties.adapter,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.interface !== undefined){
let data13 = data6.interface;
if(typeof data13 !== "string"){
const err17 = {instancePath:instancePath+"/meter/interface",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/interface/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.interface.type,parentSchema:schema73.properties.interface,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data6.port !== undefined){
let data14 = data6.port;
if(!(((((((((data14 === "p1-rj12") || (data14 === "mbus-rj12")) || (data14 === "mbus-terminals")) || (data14 === "han-rj45")) || (data14 === "han-module")) || (data14 === "optical")) || (data14 === "rs485")) || (data14 === "adapter")) || (data14 === "other"))){
const err18 = {instancePath:instancePath+"/meter/port",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/port/enum",keyword:"enum",params:{allowedValues: schema73.properties.port.enum},message:"must be equal to one of the allowed values",schema:schema73.properties.port.enum,parentSchema:schema73.properties.port,data:data14};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.country !== undefined){
let data15 = data6.country;
if(typeof data15 === "string"){
if(!pattern32.test(data15)){
const err19 = {instancePath:instancePath+"/meter/country",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/country/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2}$"},message:"must match pattern \""+"^[A-Z]{2}$"+"\"",schema:"^[A-Z]{2}$",parentSchema:schema73.properties.country,data:data15};
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
const err20 = {instancePath:instancePath+"/meter/country",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/country/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.country.type,parentSchema:schema73.properties.country,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.timezone !== undefined){
let data16 = data6.timezone;
if(typeof data16 !== "string"){
const err21 = {instancePath:instancePath+"/meter/timezone",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.timezone.type,parentSchema:schema73.properties.timezone,data:data16};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data6.tariffs !== undefined){
let data17 = data6.tariffs;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key2 in data17){
const _errs45 = errors;
if(typeof key2 === "string"){
if(!pattern33.test(key2)){
const err22 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/tariffs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d?$"},message:"must match pattern \""+"^[1-9]\\d?$"+"\"",schema:"^[1-9]\\d?$",parentSchema:schema73.properties.tariffs.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var valid11 = _errs45 === errors;
if(!valid11){
const err23 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/tariffs/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema73.properties.tariffs.propertyNames,parentSchema:schema73.properties.tariffs,data:data17};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
for(const key3 in data17){
let data18 = data17[key3];
if(typeof data18 !== "string"){
const err24 = {instancePath:instancePath+"/meter/tariffs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/tariffs/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.tariffs.additionalProperties.type,parentSchema:schema73.properties.tariffs.additionalProperties,data:data18};
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
const err25 = {instancePath:instancePath+"/meter/tariffs",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/properties/tariffs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.tariffs.type,parentSchema:schema73.properties.tariffs,data:data17};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/meter",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/meter/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.type,parentSchema:schema73,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.interval !== undefined){
let data19 = data.interval;
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 86400 || isNaN(data19)){
const err27 = {instancePath:instancePath+"/interval",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema74,data:data19};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data19 <= 0 || isNaN(data19)){
const err28 = {instancePath:instancePath+"/interval",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/interval/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema74,data:data19};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/interval",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema74.type,parentSchema:schema74,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.transport !== undefined){
let data20 = data.transport;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key4 in data20){
if(!(func2.call(schema66.properties.transport.properties, key4))){
const err30 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema66.properties.transport,data:data20};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data20.path !== undefined){
let data21 = data20.path;
if((typeof data21 !== "string") && (data21 !== null)){
const err31 = {instancePath:instancePath+"/transport/path",schemaPath:"#/properties/transport/properties/path/type",keyword:"type",params:{type: schema66.properties.transport.properties.path.type},message:"must be string,null",schema:schema66.properties.transport.properties.path.type,parentSchema:schema66.properties.transport.properties.path,data:data21};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data20.host !== undefined){
let data22 = data20.host;
if((typeof data22 !== "string") && (data22 !== null)){
const err32 = {instancePath:instancePath+"/transport/host",schemaPath:"#/properties/transport/properties/host/type",keyword:"type",params:{type: schema66.properties.transport.properties.host.type},message:"must be string,null",schema:schema66.properties.transport.properties.host.type,parentSchema:schema66.properties.transport.properties.host,data:data22};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data20.port !== undefined){
let data23 = data20.port;
if((!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))) && (data23 !== null)){
const err33 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/type",keyword:"type",params:{type: schema66.properties.transport.properties.port.type},message:"must be integer,null",schema:schema66.properties.transport.properties.port.type,parentSchema:schema66.properties.transport.properties.port,data:data23};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 65535 || isNaN(data23)){
const err34 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema66.properties.transport.properties.port,data:data23};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data23 < 1 || isNaN(data23)){
const err35 = {instancePath:instancePath+"/transport/port",schemaPath:"#/properties/transport/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema66.properties.transport.properties.port,data:data23};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
if(data20.url !== undefined){
let data24 = data20.url;
if((typeof data24 !== "string") && (data24 !== null)){
const err36 = {instancePath:instancePath+"/transport/url",schemaPath:"#/properties/transport/properties/url/type",keyword:"type",params:{type: schema66.properties.transport.properties.url.type},message:"must be string,null",schema:schema66.properties.transport.properties.url.type,parentSchema:schema66.properties.transport.properties.url,data:data24};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(typeof data24 === "string"){
if(!pattern2.test(data24)){
const err37 = {instancePath:instancePath+"/transport/url",schemaPath:"#/properties/transport/properties/url/pattern",keyword:"pattern",params:{pattern: "^(mqtts?|wss?)://"},message:"must match pattern \""+"^(mqtts?|wss?)://"+"\"",schema:"^(mqtts?|wss?)://",parentSchema:schema66.properties.transport.properties.url,data:data24};
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
if(data20.kind !== undefined){
let data25 = data20.kind;
if(!((((data25 === "serial") || (data25 === "tcp")) || (data25 === "mqtt")) || (data25 === "capture"))){
const err38 = {instancePath:instancePath+"/transport/kind",schemaPath:"#/properties/transport/properties/kind/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.kind.enum,parentSchema:schema66.properties.transport.properties.kind,data:data25};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data20.line !== undefined){
let data26 = data20.line;
if(typeof data26 === "string"){
if(!pattern34.test(data26)){
const err39 = {instancePath:instancePath+"/transport/line",schemaPath:"#/properties/transport/properties/line/pattern",keyword:"pattern",params:{pattern: "^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"},message:"must match pattern \""+"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$"+"\"",schema:"^([3-9]\\d{2}|[1-9]\\d{3,5}|[1-3]\\d{6}|4000000) [78][NEO][12]$",parentSchema:schema66.properties.transport.properties.line,data:data26};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/transport/line",schemaPath:"#/properties/transport/properties/line/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.transport.properties.line.type,parentSchema:schema66.properties.transport.properties.line,data:data26};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data20.baudRate !== undefined){
let data27 = data20.baudRate;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err41 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema66.properties.transport.properties.baudRate.type,parentSchema:schema66.properties.transport.properties.baudRate,data:data27};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 4000000 || isNaN(data27)){
const err42 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4000000},message:"must be <= 4000000",schema:4000000,parentSchema:schema66.properties.transport.properties.baudRate,data:data27};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data27 < 300 || isNaN(data27)){
const err43 = {instancePath:instancePath+"/transport/baudRate",schemaPath:"#/properties/transport/properties/baudRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 300},message:"must be >= 300",schema:300,parentSchema:schema66.properties.transport.properties.baudRate,data:data27};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data20.dataBits !== undefined){
let data28 = data20.dataBits;
if(!((data28 === 7) || (data28 === 8))){
const err44 = {instancePath:instancePath+"/transport/dataBits",schemaPath:"#/properties/transport/properties/dataBits/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.dataBits.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.dataBits.enum,parentSchema:schema66.properties.transport.properties.dataBits,data:data28};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data20.parity !== undefined){
let data29 = data20.parity;
if(!(((data29 === "none") || (data29 === "even")) || (data29 === "odd"))){
const err45 = {instancePath:instancePath+"/transport/parity",schemaPath:"#/properties/transport/properties/parity/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.parity.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.parity.enum,parentSchema:schema66.properties.transport.properties.parity,data:data29};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data20.stopBits !== undefined){
let data30 = data20.stopBits;
if(!((data30 === 1) || (data30 === 2))){
const err46 = {instancePath:instancePath+"/transport/stopBits",schemaPath:"#/properties/transport/properties/stopBits/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.stopBits.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.stopBits.enum,parentSchema:schema66.properties.transport.properties.stopBits,data:data30};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data20.rtscts !== undefined){
let data31 = data20.rtscts;
if(typeof data31 !== "boolean"){
const err47 = {instancePath:instancePath+"/transport/rtscts",schemaPath:"#/properties/transport/properties/rtscts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema66.properties.transport.properties.rtscts.type,parentSchema:schema66.properties.transport.properties.rtscts,data:data31};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data20.signOn !== undefined){
let data32 = data20.signOn;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key5 in data32){
if(!(((((key5 === "address") || (key5 === "interval")) || (key5 === "wakeUp")) || (key5 === "speed")) || (key5 === "commands"))){
const err48 = {instancePath:instancePath+"/transport/signOn",schemaPath:"#/definitions/SignOn/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema57,data:data32};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data32.address !== undefined){
let data33 = data32.address;
if(typeof data33 === "string"){
if(!pattern35.test(data33)){
const err49 = {instancePath:instancePath+"/transport/signOn/address",schemaPath:"#/definitions/SignOn/properties/address/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z ]{0,32}$"},message:"must match pattern \""+"^[0-9A-Za-z ]{0,32}$"+"\"",schema:"^[0-9A-Za-z ]{0,32}$",parentSchema:schema57.properties.address,data:data33};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/transport/signOn/address",schemaPath:"#/definitions/SignOn/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.address.type,parentSchema:schema57.properties.address,data:data33};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data32.interval !== undefined){
let data34 = data32.interval;
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 > 86400 || isNaN(data34)){
const err51 = {instancePath:instancePath+"/transport/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema57.properties.interval,data:data34};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data34 < 1 || isNaN(data34)){
const err52 = {instancePath:instancePath+"/transport/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema57.properties.interval,data:data34};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/transport/signOn/interval",schemaPath:"#/definitions/SignOn/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema57.properties.interval.type,parentSchema:schema57.properties.interval,data:data34};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data32.wakeUp !== undefined){
let data35 = data32.wakeUp;
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 > 10 || isNaN(data35)){
const err54 = {instancePath:instancePath+"/transport/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema57.properties.wakeUp,data:data35};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data35 < 0.1 || isNaN(data35)){
const err55 = {instancePath:instancePath+"/transport/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema57.properties.wakeUp,data:data35};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/transport/signOn/wakeUp",schemaPath:"#/definitions/SignOn/properties/wakeUp/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema57.properties.wakeUp.type,parentSchema:schema57.properties.wakeUp,data:data35};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data32.speed !== undefined){
let data36 = data32.speed;
if(!(((((((data36 === 300) || (data36 === 600)) || (data36 === 1200)) || (data36 === 2400)) || (data36 === 4800)) || (data36 === 9600)) || (data36 === 19200))){
const err57 = {instancePath:instancePath+"/transport/signOn/speed",schemaPath:"#/definitions/SignOn/properties/speed/enum",keyword:"enum",params:{allowedValues: schema57.properties.speed.enum},message:"must be equal to one of the allowed values",schema:schema57.properties.speed.enum,parentSchema:schema57.properties.speed,data:data36};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data32.commands !== undefined){
let data37 = data32.commands;
if(Array.isArray(data37)){
if(data37.length > 16){
const err58 = {instancePath:instancePath+"/transport/signOn/commands",schemaPath:"#/definitions/SignOn/properties/commands/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema57.properties.commands,data:data37};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
const len1 = data37.length;
for(let i1=0; i1<len1; i1++){
let data38 = data37[i1];
if(typeof data38 === "string"){
if(!pattern36.test(data38)){
const err59 = {instancePath:instancePath+"/transport/signOn/commands/" + i1,schemaPath:"#/definitions/SignOn/properties/commands/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][0-9]( [^\\s!/]*)?$"},message:"must match pattern \""+"^[A-Z][0-9]( [^\\s!/]*)?$"+"\"",schema:"^[A-Z][0-9]( [^\\s!/]*)?$",parentSchema:schema57.properties.commands.items,data:data38};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/transport/signOn/commands/" + i1,schemaPath:"#/definitions/SignOn/properties/commands/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.commands.items.type,parentSchema:schema57.properties.commands.items,data:data38};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/transport/signOn/commands",schemaPath:"#/definitions/SignOn/properties/commands/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema57.properties.commands.type,parentSchema:schema57.properties.commands,data:data37};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/transport/signOn",schemaPath:"#/definitions/SignOn/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.type,parentSchema:schema57,data:data32};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data20.request !== undefined){
let data39 = data20.request;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key6 in data39){
if(!(((((((key6 === "address") || (key6 === "secondary")) || (key6 === "manufacturer")) || (key6 === "version")) || (key6 === "medium")) || (key6 === "hex")) || (key6 === "interval"))){
const err63 = {instancePath:instancePath+"/transport/request",schemaPath:"#/definitions/Request/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data:data39};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data39.address !== undefined){
let data40 = data39.address;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err64 = {instancePath:instancePath+"/transport/request/address",schemaPath:"#/definitions/Request/properties/address/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.address.type,parentSchema:schema58.properties.address,data:data40};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 254 || isNaN(data40)){
const err65 = {instancePath:instancePath+"/transport/request/address",schemaPath:"#/definitions/Request/properties/address/maximum",keyword:"maximum",params:{comparison: "<=", limit: 254},message:"must be <= 254",schema:254,parentSchema:schema58.properties.address,data:data40};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data40 < 0 || isNaN(data40)){
const err66 = {instancePath:instancePath+"/transport/request/address",schemaPath:"#/definitions/Request/properties/address/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.address,data:data40};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
if(data39.secondary !== undefined){
let data41 = data39.secondary;
if(typeof data41 === "string"){
if(!pattern37.test(data41)){
const err67 = {instancePath:instancePath+"/transport/request/secondary",schemaPath:"#/definitions/Request/properties/secondary/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}$"+"\"",schema:"^[0-9A-Fa-f]{8}$",parentSchema:schema58.properties.secondary,data:data41};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/transport/request/secondary",schemaPath:"#/definitions/Request/properties/secondary/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.secondary.type,parentSchema:schema58.properties.secondary,data:data41};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data39.manufacturer !== undefined){
let data42 = data39.manufacturer;
if(typeof data42 === "string"){
if(!pattern12.test(data42)){
const err69 = {instancePath:instancePath+"/transport/request/manufacturer",schemaPath:"#/definitions/Request/properties/manufacturer/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema58.properties.manufacturer,data:data42};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/transport/request/manufacturer",schemaPath:"#/definitions/Request/properties/manufacturer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.manufacturer.type,parentSchema:schema58.properties.manufacturer,data:data42};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data39.version !== undefined){
let data43 = data39.version;
if(!(((typeof data43 == "number") && (!(data43 % 1) && !isNaN(data43))) && (isFinite(data43)))){
const err71 = {instancePath:instancePath+"/transport/request/version",schemaPath:"#/definitions/Request/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.version.type,parentSchema:schema58.properties.version,data:data43};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if((typeof data43 == "number") && (isFinite(data43))){
if(data43 > 255 || isNaN(data43)){
const err72 = {instancePath:instancePath+"/transport/request/version",schemaPath:"#/definitions/Request/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema58.properties.version,data:data43};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data43 < 0 || isNaN(data43)){
const err73 = {instancePath:instancePath+"/transport/request/version",schemaPath:"#/definitions/Request/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.version,data:data43};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
if(data39.medium !== undefined){
let data44 = data39.medium;
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
const err74 = {instancePath:instancePath+"/transport/request/medium",schemaPath:"#/definitions/Request/properties/medium/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema58.properties.medium.type,parentSchema:schema58.properties.medium,data:data44};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 255 || isNaN(data44)){
const err75 = {instancePath:instancePath+"/transport/request/medium",schemaPath:"#/definitions/Request/properties/medium/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema58.properties.medium,data:data44};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data44 < 0 || isNaN(data44)){
const err76 = {instancePath:instancePath+"/transport/request/medium",schemaPath:"#/definitions/Request/properties/medium/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.medium,data:data44};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
if(data39.hex !== undefined){
let data45 = data39.hex;
if(Array.isArray(data45)){
if(data45.length > 16){
const err77 = {instancePath:instancePath+"/transport/request/hex",schemaPath:"#/definitions/Request/properties/hex/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema58.properties.hex,data:data45};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data45.length < 1){
const err78 = {instancePath:instancePath+"/transport/request/hex",schemaPath:"#/definitions/Request/properties/hex/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema58.properties.hex,data:data45};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
const len2 = data45.length;
for(let i2=0; i2<len2; i2++){
let data46 = data45[i2];
if(typeof data46 === "string"){
if(!pattern39.test(data46)){
const err79 = {instancePath:instancePath+"/transport/request/hex/" + i2,schemaPath:"#/definitions/Request/properties/hex/items/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{2})+$"},message:"must match pattern \""+"^([0-9A-Fa-f]{2})+$"+"\"",schema:"^([0-9A-Fa-f]{2})+$",parentSchema:schema58.properties.hex.items,data:data46};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/transport/request/hex/" + i2,schemaPath:"#/definitions/Request/properties/hex/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema58.properties.hex.items.type,parentSchema:schema58.properties.hex.items,data:data46};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
else {
const err81 = {instancePath:instancePath+"/transport/request/hex",schemaPath:"#/definitions/Request/properties/hex/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema58.properties.hex.type,parentSchema:schema58.properties.hex,data:data45};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data39.interval !== undefined){
let data47 = data39.interval;
if((typeof data47 == "number") && (isFinite(data47))){
if(data47 > 86400 || isNaN(data47)){
const err82 = {instancePath:instancePath+"/transport/request/interval",schemaPath:"#/definitions/Request/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema58.properties.interval,data:data47};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data47 < 1 || isNaN(data47)){
const err83 = {instancePath:instancePath+"/transport/request/interval",schemaPath:"#/definitions/Request/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema58.properties.interval,data:data47};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/transport/request/interval",schemaPath:"#/definitions/Request/properties/interval/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema58.properties.interval.type,parentSchema:schema58.properties.interval,data:data47};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
else {
const err85 = {instancePath:instancePath+"/transport/request",schemaPath:"#/definitions/Request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.type,parentSchema:schema58,data:data39};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data20.idle !== undefined){
let data48 = data20.idle;
if(!(((typeof data48 == "number") && (!(data48 % 1) && !isNaN(data48))) && (isFinite(data48)))){
const err86 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema66.properties.transport.properties.idle.type,parentSchema:schema66.properties.transport.properties.idle,data:data48};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if((typeof data48 == "number") && (isFinite(data48))){
if(data48 > 60000 || isNaN(data48)){
const err87 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000",schema:60000,parentSchema:schema66.properties.transport.properties.idle,data:data48};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(data48 < 10 || isNaN(data48)){
const err88 = {instancePath:instancePath+"/transport/idle",schemaPath:"#/properties/transport/properties/idle/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema66.properties.transport.properties.idle,data:data48};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
if(data20.silence !== undefined){
let data49 = data20.silence;
if(!(((typeof data49 == "number") && (!(data49 % 1) && !isNaN(data49))) && (isFinite(data49)))){
const err89 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema66.properties.transport.properties.silence.type,parentSchema:schema66.properties.transport.properties.silence,data:data49};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if((typeof data49 == "number") && (isFinite(data49))){
if(data49 > 86400 || isNaN(data49)){
const err90 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema66.properties.transport.properties.silence,data:data49};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data49 < 1 || isNaN(data49)){
const err91 = {instancePath:instancePath+"/transport/silence",schemaPath:"#/properties/transport/properties/silence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema66.properties.transport.properties.silence,data:data49};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
if(data20.topic !== undefined){
let data50 = data20.topic;
const _errs113 = errors;
let valid23 = false;
const _errs114 = errors;
if(typeof data50 !== "string"){
const err92 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.transport.properties.topic.anyOf[0].type,parentSchema:schema66.properties.transport.properties.topic.anyOf[0],data:data50};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
var _valid0 = _errs114 === errors;
valid23 = valid23 || _valid0;
if(!valid23){
const _errs116 = errors;
if(Array.isArray(data50)){
if(data50.length > 32){
const err93 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema66.properties.transport.properties.topic.anyOf[1],data:data50};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
if(data50.length < 1){
const err94 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema66.properties.transport.properties.topic.anyOf[1],data:data50};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
const len3 = data50.length;
for(let i3=0; i3<len3; i3++){
let data51 = data50[i3];
if(typeof data51 !== "string"){
const err95 = {instancePath:instancePath+"/transport/topic/" + i3,schemaPath:"#/properties/transport/properties/topic/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.transport.properties.topic.anyOf[1].items.type,parentSchema:schema66.properties.transport.properties.topic.anyOf[1].items,data:data51};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.transport.properties.topic.anyOf[1].type,parentSchema:schema66.properties.transport.properties.topic.anyOf[1],data:data50};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
var _valid0 = _errs116 === errors;
valid23 = valid23 || _valid0;
}
if(!valid23){
const err97 = {instancePath:instancePath+"/transport/topic",schemaPath:"#/properties/transport/properties/topic/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema66.properties.transport.properties.topic.anyOf,parentSchema:schema66.properties.transport.properties.topic,data:data50};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
else {
errors = _errs113;
if(vErrors !== null){
if(_errs113){
vErrors.length = _errs113;
}
else {
vErrors = null;
}
}
}
}
if(data20.merge !== undefined){
let data52 = data20.merge;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
for(const key7 in data52){
if(!(((key7 === "by") || (key7 === "window")) || (key7 === "until"))){
const err98 = {instancePath:instancePath+"/transport/merge",schemaPath:"#/definitions/Merge/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema59,data:data52};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data52.by !== undefined){
let data53 = data52.by;
if(typeof data53 === "string"){
if(!pattern40.test(data53)){
const err99 = {instancePath:instancePath+"/transport/merge/by",schemaPath:"#/definitions/Merge/properties/by/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"},message:"must match pattern \""+"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$"+"\"",schema:"^[A-Za-z]\\w*(/[A-Za-z]\\w*)*$",parentSchema:schema59.properties.by,data:data53};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/transport/merge/by",schemaPath:"#/definitions/Merge/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.by.type,parentSchema:schema59.properties.by,data:data53};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data52.window !== undefined){
let data54 = data52.window;
if(!(((typeof data54 == "number") && (!(data54 % 1) && !isNaN(data54))) && (isFinite(data54)))){
const err101 = {instancePath:instancePath+"/transport/merge/window",schemaPath:"#/definitions/Merge/properties/window/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema59.properties.window.type,parentSchema:schema59.properties.window,data:data54};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
if((typeof data54 == "number") && (isFinite(data54))){
if(data54 > 600000 || isNaN(data54)){
const err102 = {instancePath:instancePath+"/transport/merge/window",schemaPath:"#/definitions/Merge/properties/window/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema59.properties.window,data:data54};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if(data54 < 10 || isNaN(data54)){
const err103 = {instancePath:instancePath+"/transport/merge/window",schemaPath:"#/definitions/Merge/properties/window/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10",schema:10,parentSchema:schema59.properties.window,data:data54};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
}
if(data52.until !== undefined){
let data55 = data52.until;
if(typeof data55 !== "string"){
const err104 = {instancePath:instancePath+"/transport/merge/until",schemaPath:"#/definitions/Merge/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.until.type,parentSchema:schema59.properties.until,data:data55};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
}
else {
const err105 = {instancePath:instancePath+"/transport/merge",schemaPath:"#/definitions/Merge/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data:data52};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data20.identity !== undefined){
let data56 = data20.identity;
if(typeof data56 !== "string"){
const err106 = {instancePath:instancePath+"/transport/identity",schemaPath:"#/properties/transport/properties/identity/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.transport.properties.identity.type,parentSchema:schema66.properties.transport.properties.identity,data:data56};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data20.levels !== undefined){
let data57 = data20.levels;
if(data57 && typeof data57 == "object" && !Array.isArray(data57)){
for(const key8 in data57){
let data58 = data57[key8];
if(typeof data58 !== "string"){
const err107 = {instancePath:instancePath+"/transport/levels/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/transport/properties/levels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.transport.properties.levels.additionalProperties.type,parentSchema:schema66.properties.transport.properties.levels.additionalProperties,data:data58};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/transport/levels",schemaPath:"#/properties/transport/properties/levels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.transport.properties.levels.type,parentSchema:schema66.properties.transport.properties.levels,data:data57};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data20.payload !== undefined){
let data59 = data20.payload;
if(!(((data59 === "json") || (data59 === "bytes")) || (data59 === "hex"))){
const err109 = {instancePath:instancePath+"/transport/payload",schemaPath:"#/properties/transport/properties/payload/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.payload.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.payload.enum,parentSchema:schema66.properties.transport.properties.payload,data:data59};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data20.speed !== undefined){
let data60 = data20.speed;
if((typeof data60 == "number") && (isFinite(data60))){
if(data60 < 0 || isNaN(data60)){
const err110 = {instancePath:instancePath+"/transport/speed",schemaPath:"#/properties/transport/properties/speed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema66.properties.transport.properties.speed,data:data60};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
else {
const err111 = {instancePath:instancePath+"/transport/speed",schemaPath:"#/properties/transport/properties/speed/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema66.properties.transport.properties.speed.type,parentSchema:schema66.properties.transport.properties.speed,data:data60};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data20.loop !== undefined){
let data61 = data20.loop;
if(typeof data61 !== "boolean"){
const err112 = {instancePath:instancePath+"/transport/loop",schemaPath:"#/properties/transport/properties/loop/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema66.properties.transport.properties.loop.type,parentSchema:schema66.properties.transport.properties.loop,data:data61};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data20.pause !== undefined){
let data62 = data20.pause;
if(!(((typeof data62 == "number") && (!(data62 % 1) && !isNaN(data62))) && (isFinite(data62)))){
const err113 = {instancePath:instancePath+"/transport/pause",schemaPath:"#/properties/transport/properties/pause/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema66.properties.transport.properties.pause.type,parentSchema:schema66.properties.transport.properties.pause,data:data62};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
if((typeof data62 == "number") && (isFinite(data62))){
if(data62 < 0 || isNaN(data62)){
const err114 = {instancePath:instancePath+"/transport/pause",schemaPath:"#/properties/transport/properties/pause/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema66.properties.transport.properties.pause,data:data62};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
if(data20.clock !== undefined){
let data63 = data20.clock;
if(!((data63 === "recorded") || (data63 === "now"))){
const err115 = {instancePath:instancePath+"/transport/clock",schemaPath:"#/properties/transport/properties/clock/enum",keyword:"enum",params:{allowedValues: schema66.properties.transport.properties.clock.enum},message:"must be equal to one of the allowed values",schema:schema66.properties.transport.properties.clock.enum,parentSchema:schema66.properties.transport.properties.clock,data:data63};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
}
else {
const err116 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.transport.type,parentSchema:schema66.properties.transport,data:data20};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.decoder !== undefined){
let data64 = data.decoder;
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
for(const key9 in data64){
if(!(func2.call(schema60.properties, key9))){
const err117 = {instancePath:instancePath+"/decoder",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema60,data:data64};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data64.link !== undefined){
let data65 = data64.link;
if(!((((((((data65 === "hdlc") || (data65 === "mbus")) || (data65 === "sml")) || (data65 === "p1")) || (data65 === "iec62056-21")) || (data65 === "llc")) || (data65 === "raw")) || (data65 === "auto"))){
const err118 = {instancePath:instancePath+"/decoder/link",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/link/enum",keyword:"enum",params:{allowedValues: schema60.properties.link.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.link.enum,parentSchema:schema60.properties.link,data:data65};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data64.application !== undefined){
let data66 = data64.application;
if(!(((((((data66 === "dlms") || (data66 === "p1")) || (data66 === "mbus")) || (data66 === "sml")) || (data66 === "iec62056-21")) || (data66 === "json")) || (data66 === "value"))){
const err119 = {instancePath:instancePath+"/decoder/application",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/application/enum",keyword:"enum",params:{allowedValues: schema60.properties.application.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.application.enum,parentSchema:schema60.properties.application,data:data66};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data64.registers !== undefined){
let data67 = data64.registers;
if(data67 && typeof data67 == "object" && !Array.isArray(data67)){
for(const key10 in data67){
let data68 = data67[key10];
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
for(const key11 in data68){
if(!((((key11 === "scaler") || (key11 === "unit")) || (key11 === "negate")) || (key11 === "override"))){
const err120 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema60.properties.registers.additionalProperties,data:data68};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data68.scaler !== undefined){
let data69 = data68.scaler;
if(!(((typeof data69 == "number") && (!(data69 % 1) && !isNaN(data69))) && (isFinite(data69)))){
const err121 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/scaler/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.registers.additionalProperties.properties.scaler.type,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data69};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
if((typeof data69 == "number") && (isFinite(data69))){
if(data69 > 12 || isNaN(data69)){
const err122 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/scaler/maximum",keyword:"maximum",params:{comparison: "<=", limit: 12},message:"must be <= 12",schema:12,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data69};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
if(data69 < -12 || isNaN(data69)){
const err123 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/scaler",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/scaler/minimum",keyword:"minimum",params:{comparison: ">=", limit: -12},message:"must be >= -12",schema:-12,parentSchema:schema60.properties.registers.additionalProperties.properties.scaler,data:data69};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
}
if(data68.unit !== undefined){
let data70 = data68.unit;
if(typeof data70 !== "string"){
const err124 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.registers.additionalProperties.properties.unit.type,parentSchema:schema60.properties.registers.additionalProperties.properties.unit,data:data70};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data68.negate !== undefined){
let data71 = data68.negate;
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
if(data71.status === undefined){
const err125 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'",schema:schema60.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data71};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if(data71.bit === undefined){
const err126 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/required",keyword:"required",params:{missingProperty: "bit"},message:"must have required property '"+"bit"+"'",schema:schema60.properties.registers.additionalProperties.properties.negate.required,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data71};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
for(const key12 in data71){
if(!((key12 === "status") || (key12 === "bit"))){
const err127 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data71};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data71.status !== undefined){
let data72 = data71.status;
if(typeof data72 !== "string"){
const err128 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/status",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.registers.additionalProperties.properties.negate.properties.status.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.status,data:data72};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data71.bit !== undefined){
let data73 = data71.bit;
if(!(((typeof data73 == "number") && (!(data73 % 1) && !isNaN(data73))) && (isFinite(data73)))){
const err129 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/properties/bit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data73};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if((typeof data73 == "number") && (isFinite(data73))){
if(data73 > 63 || isNaN(data73)){
const err130 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/properties/bit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},message:"must be <= 63",schema:63,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data73};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(data73 < 0 || isNaN(data73)){
const err131 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate/bit",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/properties/bit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema60.properties.registers.additionalProperties.properties.negate.properties.bit,data:data73};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
}
}
else {
const err132 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/negate",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/negate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.additionalProperties.properties.negate.type,parentSchema:schema60.properties.registers.additionalProperties.properties.negate,data:data71};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data68.override !== undefined){
let data74 = data68.override;
if(typeof data74 !== "boolean"){
const err133 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/override",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/properties/override/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema60.properties.registers.additionalProperties.properties.override.type,parentSchema:schema60.properties.registers.additionalProperties.properties.override,data:data74};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
else {
const err134 = {instancePath:instancePath+"/decoder/registers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.additionalProperties.type,parentSchema:schema60.properties.registers.additionalProperties,data:data68};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
}
else {
const err135 = {instancePath:instancePath+"/decoder/registers",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/registers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.registers.type,parentSchema:schema60.properties.registers,data:data67};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data64.sequence !== undefined){
let data75 = data64.sequence;
if(data75 && typeof data75 == "object" && !Array.isArray(data75)){
for(const key13 in data75){
const _errs172 = errors;
if(typeof key13 === "string"){
if(!pattern41.test(key13)){
const err136 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/sequence/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,3}( \\S.{0,39})?$"},message:"must match pattern \""+"^[1-9]\\d{0,3}( \\S.{0,39})?$"+"\"",schema:"^[1-9]\\d{0,3}( \\S.{0,39})?$",parentSchema:schema60.properties.sequence.propertyNames,data:key13,propertyName:key13};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
var valid34 = _errs172 === errors;
if(!valid34){
const err137 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/sequence/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid",schema:schema60.properties.sequence.propertyNames,parentSchema:schema60.properties.sequence,data:data75};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
for(const key14 in data75){
let data76 = data75[key14];
if(Array.isArray(data76)){
const len4 = data76.length;
for(let i4=0; i4<len4; i4++){
let data77 = data76[i4];
if((typeof data77 !== "string") && (data77 !== null)){
const err138 = {instancePath:instancePath+"/decoder/sequence/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i4,schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/sequence/additionalProperties/items/type",keyword:"type",params:{type: schema60.properties.sequence.additionalProperties.items.type},message:"must be string,null",schema:schema60.properties.sequence.additionalProperties.items.type,parentSchema:schema60.properties.sequence.additionalProperties.items,data:data77};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
}
else {
const err139 = {instancePath:instancePath+"/decoder/sequence/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/sequence/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.sequence.additionalProperties.type,parentSchema:schema60.properties.sequence.additionalProperties,data:data76};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
}
else {
const err140 = {instancePath:instancePath+"/decoder/sequence",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/sequence/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.sequence.type,parentSchema:schema60.properties.sequence,data:data75};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data64.channel !== undefined){
let data78 = data64.channel;
if(data78 && typeof data78 == "object" && !Array.isArray(data78)){
for(const key15 in data78){
let data79 = data78[key15];
if(!(((typeof data79 == "number") && (!(data79 % 1) && !isNaN(data79))) && (isFinite(data79)))){
const err141 = {instancePath:instancePath+"/decoder/channel/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/channel/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.channel.additionalProperties.type,parentSchema:schema60.properties.channel.additionalProperties,data:data79};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if((typeof data79 == "number") && (isFinite(data79))){
if(data79 > 255 || isNaN(data79)){
const err142 = {instancePath:instancePath+"/decoder/channel/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/channel/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema60.properties.channel.additionalProperties,data:data79};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
if(data79 < 0 || isNaN(data79)){
const err143 = {instancePath:instancePath+"/decoder/channel/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/channel/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema60.properties.channel.additionalProperties,data:data79};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
}
else {
const err144 = {instancePath:instancePath+"/decoder/channel",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/channel/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.channel.type,parentSchema:schema60.properties.channel,data:data78};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data64.blockCheck !== undefined){
let data80 = data64.blockCheck;
if(!((data80 === "required") || (data80 === "optional"))){
const err145 = {instancePath:instancePath+"/decoder/blockCheck",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/blockCheck/enum",keyword:"enum",params:{allowedValues: schema60.properties.blockCheck.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.blockCheck.enum,parentSchema:schema60.properties.blockCheck,data:data80};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data64.authenticationData !== undefined){
let data81 = data64.authenticationData;
if(typeof data81 === "string"){
if(!pattern0.test(data81)){
const err146 = {instancePath:instancePath+"/decoder/authenticationData",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/authenticationData/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"},message:"must match pattern \""+"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$"+"\"",schema:"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})$",parentSchema:schema60.properties.authenticationData,data:data81};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
else {
const err147 = {instancePath:instancePath+"/decoder/authenticationData",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/authenticationData/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.authenticationData.type,parentSchema:schema60.properties.authenticationData,data:data81};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data64.systemTitle !== undefined){
let data82 = data64.systemTitle;
if(typeof data82 === "string"){
if(!pattern43.test(data82)){
const err148 = {instancePath:instancePath+"/decoder/systemTitle",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/systemTitle/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{16}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{16}$"+"\"",schema:"^[0-9A-Fa-f]{16}$",parentSchema:schema60.properties.systemTitle,data:data82};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
else {
const err149 = {instancePath:instancePath+"/decoder/systemTitle",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/systemTitle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.systemTitle.type,parentSchema:schema60.properties.systemTitle,data:data82};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data64.authentication !== undefined){
let data83 = data64.authentication;
if(!((data83 === "required") || (data83 === "optional"))){
const err150 = {instancePath:instancePath+"/decoder/authentication",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema60.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.authentication.enum,parentSchema:schema60.properties.authentication,data:data83};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
if(data64.ignore !== undefined){
let data84 = data64.ignore;
if(Array.isArray(data84)){
const len5 = data84.length;
for(let i5=0; i5<len5; i5++){
let data85 = data84[i5];
if(typeof data85 !== "string"){
const err151 = {instancePath:instancePath+"/decoder/ignore/" + i5,schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.ignore.items.type,parentSchema:schema60.properties.ignore.items,data:data85};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
else {
const err152 = {instancePath:instancePath+"/decoder/ignore",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.ignore.type,parentSchema:schema60.properties.ignore,data:data84};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
if(data64.object !== undefined){
let data86 = data64.object;
if(typeof data86 === "string"){
if(func4(data86) < 1){
const err153 = {instancePath:instancePath+"/decoder/object",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/object/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60.properties.object,data:data86};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
else {
const err154 = {instancePath:instancePath+"/decoder/object",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.object.type,parentSchema:schema60.properties.object,data:data86};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
}
else {
const err155 = {instancePath:instancePath+"/decoder",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/decoder/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data:data64};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data.transform !== undefined){
let data87 = data.transform;
if(data87 && typeof data87 == "object" && !Array.isArray(data87)){
if(Object.keys(data87).length > 400){
const err156 = {instancePath:instancePath+"/transform",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform/maxProperties",keyword:"maxProperties",params:{limit: 400},message:"must NOT have more than 400 properties",schema:400,parentSchema:schema79,data:data87};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
for(const key16 in data87){
let data88 = data87[key16];
if(typeof data88 === "string"){
if(func4(data88) > 4096){
const err157 = {instancePath:instancePath+"/transform/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema79.additionalProperties,data:data88};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/transform/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.additionalProperties.type,parentSchema:schema79.additionalProperties,data:data88};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
}
else {
const err159 = {instancePath:instancePath+"/transform",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/transform/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema79.type,parentSchema:schema79,data:data87};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data.extra !== undefined){
if(!(validate47(data.extra, {instancePath:instancePath+"/extra",parentData:data,parentDataProperty:"extra",rootData}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate49(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.samples !== undefined){
let data91 = data.samples;
if(Array.isArray(data91)){
if(data91.length > 32){
const err160 = {instancePath:instancePath+"/samples",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/samples/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema84,data:data91};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
const len6 = data91.length;
for(let i6=0; i6<len6; i6++){
let data92 = data91[i6];
if(typeof data92 !== "string"){
const err161 = {instancePath:instancePath+"/samples/" + i6,schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/samples/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema84.items.type,parentSchema:schema84.items,data:data92};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
}
else {
const err162 = {instancePath:instancePath+"/samples",schemaPath:"https://cii2mqtt.org/schema/profile.schema.json#/properties/samples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema84.type,parentSchema:schema84,data:data91};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
}
else {
const err163 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.type,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}
